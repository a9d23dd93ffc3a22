package dev.dailies.prompt.dispatch;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.Pool;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** In the order of acceptance; what waits again after a failed attempt keeps its place. */
final class JdbcFirstInFirstOut implements ReleaseOrder {
  private final JdbcClient jdbc;

  JdbcFirstInFirstOut(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<GenerationId> next(Pool pool, Set<String> models, int most) {
    return jdbc.sql(
            """
            select id from generation
            where pool = :pool and state = 'WAITING' and not held and model = any(:models)
            order by queue_position limit :most
            """)
        .param("pool", pool.value())
        .param("models", models.toArray(String[]::new))
        .param("most", most)
        .query((row, number) -> new GenerationId(row.getString("id")))
        .list();
  }
}
