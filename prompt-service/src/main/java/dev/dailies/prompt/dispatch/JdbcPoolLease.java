package dev.dailies.prompt.dispatch;

import dev.dailies.contracts.Pool;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Leases as rows. */
final class JdbcPoolLease implements PoolLease {
  private final JdbcClient jdbc;

  JdbcPoolLease(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<Held> acquire(Pool pool, String owner, Duration length) {
    return jdbc.sql(
            """
            insert into dispatch_lease as l (pool, owner, token, expires_at)
            values (:pool, :owner, 1, clock_timestamp() + :millis * interval '1 millisecond')
            on conflict (pool) do update set owner = excluded.owner,
              token = case when l.owner = excluded.owner then l.token else l.token + 1 end,
              expires_at = excluded.expires_at
            where l.owner = excluded.owner or l.expires_at < clock_timestamp()
            returning token
            """)
        .param("pool", pool.value())
        .param("owner", owner)
        .param("millis", length.toMillis())
        .query(Long.class)
        .optional()
        .map(token -> new Held(pool, owner, token));
  }

  @Override
  public boolean fence(Held held) {
    return jdbc.sql(
            """
            select token from dispatch_lease
            where pool = :pool and owner = :owner and token = :token
              and expires_at > clock_timestamp()
            for share
            """)
        .param("pool", held.pool().value())
        .param("owner", held.owner())
        .param("token", held.token())
        .query(Long.class)
        .optional()
        .isPresent();
  }

  @Override
  public void giveUp(Held held) {
    jdbc.sql(
            """
            update dispatch_lease set expires_at = clock_timestamp() - interval '1 second'
            where pool = :pool and owner = :owner and token = :token
            """)
        .param("pool", held.pool().value())
        .param("owner", held.owner())
        .param("token", held.token())
        .update();
  }
}
