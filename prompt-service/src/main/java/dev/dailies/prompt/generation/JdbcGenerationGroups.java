package dev.dailies.prompt.generation;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Groups of generations in PostgreSQL; the horizon is a place in the queue. */
final class JdbcGenerationGroups implements GenerationGroups {
  private static final String OPEN = "('WAITING', 'RELEASED', 'RUNNING', 'RENDERED')";

  private final JdbcClient jdbc;

  JdbcGenerationGroups(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private static String members(Kind kind) {
    String column =
        switch (kind) {
          case SHOT -> "shot";
          case BRIEF -> "brief";
          case PROJECT -> "project";
        };
    return " from generation where workspace = :workspace and " + column + " = :group";
  }

  @Override
  public Group now(WorkspaceId workspace, Kind kind, String id) {
    long horizon =
        jdbc.sql("select coalesce(max(queue_position), 0)" + members(kind))
            .param("workspace", workspace.value())
            .param("group", id)
            .query(Long.class)
            .single();
    return new Group(workspace, kind, id, horizon);
  }

  @Override
  public long ended(Group group) {
    return count(group, "state not in " + OPEN);
  }

  @Override
  public long untouched(Group group) {
    return count(group, "cancel_asked_at is null and state in " + OPEN);
  }

  private long count(Group group, String which) {
    return jdbc.sql(
            "select count(*)"
                + members(group.kind())
                + " and queue_position <= :horizon and "
                + which)
        .param("workspace", group.workspace().value())
        .param("group", group.id())
        .param("horizon", group.horizon())
        .query(Long.class)
        .single();
  }

  @Override
  public List<GenerationId> unfinished(Group group, Optional<GenerationId> after, int limit) {
    return jdbc.sql(
            "select id"
                + members(group.kind())
                + " and queue_position <= :horizon and id > :after and state in "
                + OPEN
                + " order by id limit :limit")
        .param("workspace", group.workspace().value())
        .param("group", group.id())
        .param("horizon", group.horizon())
        .param("after", after.map(GenerationId::value).orElse(""))
        .param("limit", limit)
        .query((row, number) -> new GenerationId(row.getString("id")))
        .list();
  }
}
