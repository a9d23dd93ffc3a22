package dev.dailies.prompt.audit;

import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.ActorKind;
import dev.dailies.messaging.TraceParent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Entries in PostgreSQL, which itself refuses to change or delete one. */
final class JdbcAudit implements Audit, AuditTrail {
  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};

  /** Where the trace's id begins and ends in a W3C traceparent. */
  private static final int TRACE_FROM = 3;

  private static final int TRACE_TO = 35;

  private final JdbcClient jdbc;
  private final TraceParent trace;

  JdbcAudit(JdbcClient jdbc, TraceParent trace) {
    this.jdbc = jdbc;
    this.trace = trace;
  }

  @Override
  public void record(AuditEntry entry) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("an entry is written in the transaction of its change");
    }
    jdbc.sql(
            """
            insert into audit_entry (workspace, actor_kind, actor, action, target, before, after,
              key_prefix, trace_id)
            values (:workspace, :kind, :actor, :action, :target, :before::jsonb, :after::jsonb,
              (select k.prefix from access_key k where k.id = :actor), :trace)
            """)
        .param("workspace", entry.workspace().value())
        .param("kind", entry.actor().getKind().name())
        .param("actor", entry.actor().getSubject())
        .param("action", entry.action())
        .param("target", entry.target())
        .param("before", JSON.writeValueAsString(entry.before()))
        .param("after", JSON.writeValueAsString(entry.after()))
        .param(
            "trace",
            trace.current().map(parent -> parent.substring(TRACE_FROM, TRACE_TO)).orElse(null),
            Types.VARCHAR)
        .update();
  }

  /** Only the conditions that are wanted stand in the statement, so that each finds its index. */
  @Override
  public List<Line> find(Search search) {
    StringBuilder sql =
        new StringBuilder("select * from audit_entry where workspace = :workspace and id < :after");
    search.actor().ifPresent(any -> sql.append(" and actor = :actor"));
    search.action().ifPresent(any -> sql.append(" and action = :action"));
    search.target().ifPresent(any -> sql.append(" and target = :target"));
    search.since().ifPresent(any -> sql.append(" and at >= :since"));
    search.until().ifPresent(any -> sql.append(" and at < :until"));
    return jdbc.sql(sql.append(" order by id desc limit :limit").toString())
        .param("workspace", search.workspace().value())
        .param("actor", search.actor().orElse(null), Types.VARCHAR)
        .param("action", search.action().orElse(null), Types.VARCHAR)
        .param("target", search.target().orElse(null), Types.VARCHAR)
        .param("since", time(search.since()), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("until", time(search.until()), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("after", search.after().orElse(Long.MAX_VALUE))
        .param("limit", search.limit())
        .query((row, number) -> line(row))
        .list();
  }

  private static @Nullable OffsetDateTime time(Optional<Instant> time) {
    return time.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null);
  }

  private static Line line(ResultSet row) throws SQLException {
    return new Line(
        row.getLong("id"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        new AuditEntry(
            new WorkspaceId(row.getString("workspace")),
            new Actor(ActorKind.valueOf(row.getString("actor_kind")), row.getString("actor")),
            row.getString("action"),
            row.getString("target"),
            JSON.readValue(row.getString("before"), VALUES),
            JSON.readValue(row.getString("after"), VALUES)),
        Optional.ofNullable(row.getString("key_prefix")),
        Optional.ofNullable(row.getString("trace_id")));
  }
}
