package dev.dailies.prompt.brief;

import dev.dailies.contracts.BriefId;
import dev.dailies.contracts.ProjectId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.prompt.library.Edit;
import dev.dailies.prompt.library.Edited;
import dev.dailies.prompt.library.Slice;
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

/** Briefs in PostgreSQL. */
final class JdbcBriefs implements Briefs {
  private final JdbcClient jdbc;
  private final Clock clock;

  JdbcBriefs(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  public Edited<Brief> add(WorkspaceId workspace, ProjectId project, String title) {
    try {
      // The project's row is locked for sharing: it can't be archived between look and insert.
      return jdbc.sql(
              """
              insert into brief (id, workspace, project, version, title, created_at, changed_at)
              select :id, workspace, id, 1, :title, :at, :at from project
              where id = :project and workspace = :workspace and not archived for share
              returning *
              """)
          .param("id", BriefId.mint().value())
          .param("project", project.value())
          .param("workspace", workspace.value())
          .param("title", title)
          .param("at", now())
          .query((row, number) -> brief(row))
          .optional()
          .<Edited<Brief>>map(Edited.Made::new)
          .orElseGet(Edited.Unknown::new);
    } catch (DuplicateKeyException e) {
      return new Edited.TitleTaken<>();
    }
  }

  @Override
  public Optional<Brief> find(WorkspaceId workspace, BriefId id) {
    return jdbc.sql("select * from brief where workspace = :workspace and id = :id")
        .param("workspace", workspace.value())
        .param("id", id.value())
        .query((row, number) -> brief(row))
        .optional();
  }

  @Override
  public List<Brief> list(WorkspaceId workspace, Optional<ProjectId> project, Slice slice) {
    StringBuilder sql = new StringBuilder("select * from brief where workspace = :workspace");
    project.ifPresent(id -> sql.append(" and project = :project"));
    slice.archived().ifPresent(only -> sql.append(" and archived = :archived"));
    return jdbc.sql(sql.append(slice.sql()).toString())
        .param("workspace", workspace.value())
        .param("project", project.map(ProjectId::value).orElse(""))
        .param("archived", slice.archived().orElse(false))
        .param("after", slice.bound())
        .param("limit", slice.limit())
        .query((row, number) -> brief(row))
        .list();
  }

  @Override
  public Edited<Brief> edit(WorkspaceId workspace, BriefId id, Edit edit) {
    Optional<Brief> now;
    try {
      now =
          jdbc.sql(
                  """
                  update brief set
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
              .param(
                  "version",
                  edit.version().isPresent() ? edit.version().getAsLong() : null,
                  Types.BIGINT)
              .param("at", now())
              .param("id", id.value())
              .param("workspace", workspace.value())
              .query((row, number) -> brief(row))
              .optional();
    } catch (DuplicateKeyException e) {
      return new Edited.TitleTaken<>();
    }
    return now.<Edited<Brief>>map(Edited.Made::new)
        .orElseGet(() ->
            find(workspace, id)
                .<Edited<Brief>>map(other -> new Edited.Outdated<>(other.version()))
                .orElseGet(Edited.Unknown::new));
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private static Brief brief(ResultSet row) throws SQLException {
    return new Brief(
        new BriefId(row.getString("id")),
        new ProjectId(row.getString("project")),
        row.getLong("version"),
        row.getString("title"),
        row.getBoolean("archived"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("changed_at", OffsetDateTime.class).toInstant());
  }
}
