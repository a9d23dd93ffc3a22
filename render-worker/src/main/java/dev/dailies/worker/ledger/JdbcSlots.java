package dev.dailies.worker.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The slots: rows that belong to renders. */
final class JdbcSlots {
  private final JdbcClient jdbc;

  JdbcSlots(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void register(String endpoint, int slots) {
    jdbc.sql(
            """
            insert into endpoint (name, slots) values (:name, :slots)
            on conflict (name) do update set slots = excluded.slots
            """)
        .param("name", endpoint)
        .param("slots", slots)
        .update();
    jdbc.sql(
            """
            insert into slot (endpoint, number) select :name, generate_series(1, :slots)
            on conflict do nothing
            """)
        .param("name", endpoint)
        .param("slots", slots)
        .update();
  }

  SlotBoard board(Set<String> endpoints) {
    List<SlotCount> counts =
        jdbc.sql(
                """
                select e.name, e.slots, greatest(0, e.slots - count(s.render)) as free,
                       case when e.closed_until > clock_timestamp() then e.closed_until end as closed,
                       e.closed_reason
                from endpoint e left join slot s on s.endpoint = e.name
                where e.name = any(:names)
                group by e.name
                """)
            .param("names", endpoints.toArray(String[]::new))
            .query(JdbcSlots::count)
            .list();
    int waiting =
        jdbc.sql(
                """
                select count(*) from render r
                where r.state = 'CLAIMED' and not exists (select 1 from slot where render = r.render)
                """)
            .query(Integer.class)
            .single();
    return new SlotBoard(counts, waiting);
  }

  private static SlotCount count(ResultSet row, int number) throws SQLException {
    return new SlotCount(
        row.getString("name"),
        row.getInt("slots"),
        row.getInt("free"),
        JdbcRenderRows.time(row, "closed"),
        java.util.Optional.ofNullable(row.getString("closed_reason")));
  }

  void close(String endpoint, Duration pause, String reason) {
    jdbc.sql(
            """
            update endpoint
            set closed_reason = :reason,
                closed_until = clock_timestamp() + :millis * interval '1 millisecond'
            where name = :name and (closed_until is null
              or closed_until < clock_timestamp() + :millis * interval '1 millisecond')
            """)
        .param("name", endpoint)
        .param("millis", pause.toMillis())
        .param("reason", reason)
        .update();
  }

  void free(String render) {
    jdbc.sql("update slot set render = null, kept_until = null where render = :render")
        .param("render", render)
        .update();
  }

  void keep(String render, Duration longestRun) {
    jdbc.sql(
            """
            update slot set kept_until = clock_timestamp() + :millis * interval '1 millisecond'
            where render = :render
            """)
        .param("render", render)
        .param("millis", longestRun.toMillis())
        .update();
  }

  int freeExpired() {
    return jdbc.sql(
            """
            update slot set render = null, kept_until = null where kept_until < clock_timestamp()
            """)
        .update();
  }
}
