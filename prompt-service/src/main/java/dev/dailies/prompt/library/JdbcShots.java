package dev.dailies.prompt.library;

import dev.dailies.contracts.BriefId;
import dev.dailies.contracts.ProjectId;
import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.messaging.Outbox;
import java.sql.Types;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Shots in PostgreSQL; each change and its event in one transaction. */
final class JdbcShots implements Shots {
  private final JdbcClient jdbc;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final WorkPlaces places;
  private final Clock clock;

  JdbcShots(
      JdbcClient jdbc,
      Outbox outbox,
      TransactionTemplate transaction,
      WorkPlaces places,
      Clock clock) {
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.transaction = transaction;
    this.places = places;
    this.clock = clock;
  }

  @Override
  public Placement add(WorkspaceId workspace, Wish wish) {
    Wish fresh =
        new Wish(
            wish.project(),
            wish.brief(),
            Optional.empty(),
            wish.briefRow(),
            wish.title(),
            wish.dimensions());
    return Objects.requireNonNull(
        transaction.execute(status -> {
          Placement placement = places.find(workspace, fresh, clock.instant());
          if (placement instanceof Placement.Placed(Shot shot, boolean added) && added) {
            places.add(shot);
          }
          return placement;
        }));
  }

  @Override
  public Optional<Shot> find(WorkspaceId workspace, ShotId id) {
    return jdbc.sql("select * from shot where workspace = :workspace and id = :id")
        .param("workspace", workspace.value())
        .param("id", id.value())
        .query((row, number) -> JdbcShotRows.shot(row))
        .optional();
  }

  @Override
  public List<Shot> list(
      WorkspaceId workspace, Optional<ProjectId> project, Optional<BriefId> brief, Slice slice) {
    StringBuilder sql = new StringBuilder("select * from shot where workspace = :workspace");
    project.ifPresent(id -> sql.append(" and project = :project"));
    brief.ifPresent(id -> sql.append(" and brief = :brief"));
    slice.archived().ifPresent(only -> sql.append(" and archived = :archived"));
    return jdbc.sql(sql.append(slice.sql()).toString())
        .param("workspace", workspace.value())
        .param("project", project.map(ProjectId::value).orElse(""))
        .param("brief", brief.map(BriefId::value).orElse(""))
        .param("archived", slice.archived().orElse(false))
        .param("after", slice.bound())
        .param("limit", slice.limit())
        .query((row, number) -> JdbcShotRows.shot(row))
        .list();
  }

  @Override
  public Edited<Shot> edit(WorkspaceId workspace, ShotId id, ShotEdit edit) {
    return Objects.requireNonNull(
        transaction.execute(status ->
            lock(workspace, id).map(shot -> edit(shot, edit)).orElseGet(Edited.Unknown::new)));
  }

  private Optional<Shot> lock(WorkspaceId workspace, ShotId id) {
    return jdbc.sql("select * from shot where workspace = :workspace and id = :id for update")
        .param("workspace", workspace.value())
        .param("id", id.value())
        .query((row, number) -> JdbcShotRows.shot(row))
        .optional();
  }

  private Edited<Shot> edit(Shot shot, ShotEdit edit) {
    if (edit.edit().version().orElse(shot.version()) != shot.version()) {
      return new Edited.Outdated<>(shot.version());
    }
    Shot wanted =
        new Shot(
            shot.id(),
            shot.workspace(),
            shot.version() + 1,
            edit.edit().title().or(shot::title),
            shot.project(),
            shot.brief(),
            edit.briefRow().or(shot::briefRow),
            edit.dimensions().orElse(shot.dimensions()),
            edit.edit().archived().orElse(shot.archived()),
            shot.createdAt(),
            clock.instant());
    if (same(shot, wanted)) {
      return new Edited.Made<>(shot);
    }
    jdbc.sql(
            """
            update shot set version = :version, title = :title, brief_row = :row,
              dimensions = :dimensions::jsonb, archived = :archived, changed_at = :at
            where id = :id
            """)
        .param("version", wanted.version())
        .param("title", wanted.title().orElse(null), Types.VARCHAR)
        .param("row", wanted.briefRow().orElse(null), Types.VARCHAR)
        .param("dimensions", JdbcShotRows.json(wanted.dimensions()))
        .param("archived", wanted.archived())
        .param("at", wanted.changedAt().atOffset(ZoneOffset.UTC))
        .param("id", wanted.id().value())
        .update();
    ShotStates.publish(outbox, wanted);
    return new Edited.Made<>(wanted);
  }

  private static boolean same(Shot shot, Shot wanted) {
    return shot.title().equals(wanted.title())
        && shot.briefRow().equals(wanted.briefRow())
        && shot.dimensions().equals(wanted.dimensions())
        && shot.archived() == wanted.archived();
  }
}
