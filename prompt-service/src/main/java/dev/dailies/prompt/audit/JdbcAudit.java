package dev.dailies.prompt.audit;

import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.ActorKind;
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

  private final JdbcClient jdbc;

  JdbcAudit(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void record(AuditEntry entry) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("an entry is written in the transaction of its change");
    }
    jdbc.sql(
            """
            insert into audit_entry (workspace, actor_kind, actor, action, target, before, after)
            values (:workspace, :kind, :actor, :action, :target, :before::jsonb, :after::jsonb)
            """)
        .param("workspace", entry.workspace().value())
        .param("kind", entry.actor().getKind().name())
        .param("actor", entry.actor().getSubject())
        .param("action", entry.action())
        .param("target", entry.target())
        .param("before", JSON.writeValueAsString(entry.before()))
        .param("after", JSON.writeValueAsString(entry.after()))
        .update();
  }

  @Override
  public List<Line> find(Search search) {
    return jdbc.sql(
            """
            select * from audit_entry
            where workspace = :workspace
              and (cast(:actor as text) is null or actor = :actor)
              and (cast(:action as text) is null or action = :action)
              and (cast(:target as text) is null or target = :target)
              and (cast(:since as timestamptz) is null or at >= :since)
              and (cast(:until as timestamptz) is null or at < :until)
              and id < :after
            order by id desc limit :limit
            """)
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
            JSON.readValue(row.getString("after"), VALUES)));
  }
}
