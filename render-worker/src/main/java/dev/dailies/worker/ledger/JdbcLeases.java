package dev.dailies.worker.ledger;

import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.WorkerId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who holds what, and until when. */
final class JdbcLeases {
  private final JdbcClient jdbc;
  private final JdbcRenderRows rows;

  JdbcLeases(JdbcClient jdbc, JdbcRenderRows rows) {
    this.jdbc = jdbc;
    this.rows = rows;
  }

  Optional<HeldRender> reload(HeldRender render) {
    return JdbcHeld.sql(
            jdbc,
            "select "
                + JdbcRenderRows.COLUMNS
                + " from render r"
                + JdbcHeld.WHERE
                + "and r.state in ('CLAIMED', 'SUBMITTING', 'SUBMITTED', 'RENDERED')",
            render)
        .query(rows)
        .optional();
  }

  Map<RenderId, Long> renew(WorkerId owner, Set<RenderId> held, Duration lease) {
    return jdbc
        .sql(
            """
            update render set lease_until = clock_timestamp() + :lease * interval '1 millisecond'
            where owner = :owner and render = any(:held)
              and state in ('CLAIMED', 'SUBMITTING', 'SUBMITTED', 'RENDERED')
            returning render, token
            """)
        .param("lease", lease.toMillis())
        .param("owner", owner.value())
        .param("held", names(held))
        .query((row, n) -> Map.entry(new RenderId(row.getString(1)), row.getLong(2)))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  List<HeldRender> takeOver(WorkerId owner, Set<RenderId> held, Duration lease, int most) {
    return jdbc.sql(
            """
            update render r
            set owner = :owner, token = r.token + 1,
                quiet_from = coalesce(r.quiet_from, r.lease_until),
                lease_until = clock_timestamp() + :lease * interval '1 millisecond'
            where r.render in (
              select render from render
              where state in ('CLAIMED', 'SUBMITTING', 'SUBMITTED', 'RENDERED')
                and lease_until < clock_timestamp()
                and not (owner = :owner and render = any(:held))
              order by lease_until limit :most for update skip locked)
            """
                + " returning "
                + JdbcRenderRows.COLUMNS)
        .param("owner", owner.value())
        .param("held", names(held))
        .param("lease", lease.toMillis())
        .param("most", most)
        .query(rows)
        .list();
  }

  int handOver(HeldRender render) {
    return JdbcHeld.sql(
            jdbc,
            "update render r set lease_until = clock_timestamp()"
                + JdbcHeld.WHERE
                + "and r.lease_until is not null",
            render)
        .update();
  }

  private static String[] names(Set<RenderId> renders) {
    return renders.stream().map(RenderId::value).toArray(String[]::new);
  }
}
