package dev.dailies.prompt.library;

import dev.dailies.contracts.ProjectId;
import dev.dailies.contracts.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Projects in PostgreSQL. */
final class JdbcProjects implements Projects {
  private final JdbcClient jdbc;
  private final Clock clock;

  JdbcProjects(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  public Edited<Project> add(WorkspaceId workspace, String title) {
    try {
      return new Edited.Made<>(
          jdbc.sql(
                  """
                  insert into project (id, workspace, version, title, created_at, changed_at)
                  values (:id, :workspace, 1, :title, :at, :at) returning *
                  """)
              .param("id", ProjectId.mint().value())
              .param("workspace", workspace.value())
              .param("title", title)
              .param("at", now())
              .query((row, number) -> project(row))
              .single());
    } catch (DuplicateKeyException e) {
      return new Edited.TitleTaken<>();
    }
  }

  @Override
  public Optional<Project> find(WorkspaceId workspace, ProjectId id) {
    return jdbc.sql("select * from project where workspace = :workspace and id = :id")
        .param("workspace", workspace.value())
        .param("id", id.value())
        .query((row, number) -> project(row))
        .optional();
  }

  @Override
  public List<Project> list(WorkspaceId workspace, Slice slice) {
    return jdbc.sql(
            """
            select * from project
            where workspace = :workspace and (:archived::boolean is null or archived = :archived)
            """
                + slice.sql())
        .param("workspace", workspace.value())
        .param("archived", slice.archived().orElse(null), Types.BOOLEAN)
        .param("after", slice.bound())
        .param("limit", slice.limit())
        .query((row, number) -> project(row))
        .list();
  }

  @Override
  public Edited<Project> edit(WorkspaceId workspace, ProjectId id, Edit edit) {
    Optional<Project> now;
    try {
      now =
          jdbc.sql(
                  """
                  update project set
                    version = version + case when title is distinct from coalesce(:title, title)
                      or archived <> coalesce(:archived, archived) then 1 else 0 end,
                    title = coalesce(:title, title),
                    archived = coalesce(:archived, archived),
                    changed_at = :at
                  where id = :id and workspace = :workspace
                    and version = coalesce(:version, version)
                  returning *
                  """)
              .param("title", edit.title().orElse(null), Types.VARCHAR)
              .param("archived", edit.archived().orElse(null), Types.BOOLEAN)
              .param("version", JdbcLibrary.number(edit.version()), Types.BIGINT)
              .param("at", now())
              .param("id", id.value())
              .param("workspace", workspace.value())
              .query((row, number) -> project(row))
              .optional();
    } catch (DuplicateKeyException e) {
      return new Edited.TitleTaken<>();
    }
    return now.<Edited<Project>>map(Edited.Made::new)
        .orElseGet(() ->
            find(workspace, id)
                .<Edited<Project>>map(other -> new Edited.Outdated<>(other.version()))
                .orElseGet(Edited.Unknown::new));
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static Project project(ResultSet row) throws SQLException {
    return new Project(
        new ProjectId(row.getString("id")),
        row.getLong("version"),
        row.getString("title"),
        row.getBoolean("archived"),
        JdbcLibrary.time(row, "created_at"),
        JdbcLibrary.time(row, "changed_at"));
  }
}
