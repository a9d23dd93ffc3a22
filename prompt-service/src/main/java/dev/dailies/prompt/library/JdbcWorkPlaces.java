package dev.dailies.prompt.library;

import dev.dailies.contracts.BriefId;
import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.ProjectId;
import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.messaging.Outbox;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Places work in PostgreSQL. What it is placed in is locked for sharing: any number of requests
 * come in together, and archiving waits for them.
 */
final class JdbcWorkPlaces implements WorkPlaces {
  private final JdbcClient jdbc;
  private final Outbox outbox;

  JdbcWorkPlaces(JdbcClient jdbc, Outbox outbox) {
    this.jdbc = jdbc;
    this.outbox = outbox;
  }

  /** A folder that was found open. */
  private record Folder(Optional<String> project, Optional<String> brief) {}

  /** Carries a refusal up to {@link #find}. */
  private static final class Closed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Placement.Refused refused;

    Closed(String rule, ErrorCode code, String message, String param) {
      super(message);
      this.refused = new Placement.Refused(rule, code, message, param);
    }
  }

  @Override
  public Placement find(WorkspaceId workspace, Wish wish, Instant at) {
    try {
      return wish.shot().isPresent()
          ? new Placement.Placed(existing(workspace, wish, wish.shot().get()), false)
          : new Placement.Placed(imagined(workspace, wish, at), true);
    } catch (Closed e) {
      return e.refused;
    }
  }

  @Override
  public void add(Shot shot) {
    JdbcShotRows.insert(jdbc, shot);
    ShotStates.publish(outbox, shot);
  }

  private Shot existing(WorkspaceId workspace, Wish wish, String id) throws Closed {
    Shot shot =
        known(id, ShotId::new)
            .flatMap(known -> locked(workspace, known))
            .orElseThrow(() -> unknown("shot"));
    if (shot.archived()) {
      throw archived("shot");
    }
    Folder folder =
        folder(workspace, shot.project().map(ProjectId::value), shot.brief().map(BriefId::value));
    requireSame("project", wish.project(), folder.project());
    requireSame("brief", wish.brief(), folder.brief());
    requireOwn("brief_row", wish.briefRow().isEmpty() || wish.briefRow().equals(shot.briefRow()));
    requireOwn(
        "dimensions", wish.dimensions().isEmpty() || wish.dimensions().equals(shot.dimensions()));
    return shot;
  }

  private Optional<Shot> locked(WorkspaceId workspace, ShotId id) {
    return jdbc.sql("select * from shot where id = :id and workspace = :workspace for share")
        .param("id", id.value())
        .param("workspace", workspace.value())
        .query((row, number) -> JdbcShotRows.shot(row))
        .optional();
  }

  private Shot imagined(WorkspaceId workspace, Wish wish, Instant at) throws Closed {
    Folder folder = folder(workspace, wish.project(), wish.brief());
    return new Shot(
        ShotId.mint(),
        workspace,
        1,
        wish.title(),
        folder.project().map(ProjectId::new),
        folder.brief().map(BriefId::new),
        wish.briefRow(),
        wish.dimensions(),
        false,
        at,
        at);
  }

  private Folder folder(WorkspaceId workspace, Optional<String> project, Optional<String> brief)
      throws Closed {
    if (brief.isPresent()) {
      Folder folder =
          open(
              """
              select p.id as project, b.id as brief, p.archived or b.archived as archived
              from brief b join project p on p.id = b.project
              where b.id = :id and b.workspace = :workspace for share of b, p
              """,
              "brief",
              workspace,
              known(brief.get(), BriefId::new).map(BriefId::value));
      requireSame("project", project, folder.project());
      return folder;
    }
    if (project.isPresent()) {
      return open(
          """
          select id as project, null as brief, archived from project
          where id = :id and workspace = :workspace for share
          """,
          "project",
          workspace,
          known(project.get(), ProjectId::new).map(ProjectId::value));
    }
    return new Folder(Optional.empty(), Optional.empty());
  }

  private Folder open(String sql, String param, WorkspaceId workspace, Optional<String> id)
      throws Closed {
    record Row(Folder folder, boolean archived) {}
    Row row =
        id.flatMap(known ->
                jdbc.sql(sql)
                    .param("id", known)
                    .param("workspace", workspace.value())
                    .query((found, number) ->
                        new Row(
                            new Folder(
                                JdbcLibrary.text(found, "project"),
                                JdbcLibrary.text(found, "brief")),
                            found.getBoolean("archived")))
                    .optional())
            .orElseThrow(() -> unknown(param));
    if (row.archived()) {
      throw archived(param);
    }
    return row.folder();
  }

  private static void requireSame(String param, Optional<String> wanted, Optional<String> is)
      throws Closed {
    if (wanted.isPresent() && !wanted.equals(is)) {
      throw new Closed(
          "place_consistent",
          ErrorCode.INVALID_REQUEST,
          "The shot or brief does not lie in that " + param + "; leave it out.",
          param);
    }
  }

  private static void requireOwn(String param, boolean own) throws Closed {
    if (!own) {
      throw new Closed(
          "place_consistent",
          ErrorCode.INVALID_REQUEST,
          "The shot has a " + param + " of its own; leave it out.",
          param);
    }
  }

  private static Closed unknown(String param) {
    return new Closed("place_known", ErrorCode.NOT_FOUND, "There is no such " + param + ".", param);
  }

  private static Closed archived(String param) {
    return new Closed(
        "place_open",
        ErrorCode.ARCHIVED,
        "The " + param + ", or what it lies in, is archived and takes no new work.",
        param);
  }

  private static <T> Optional<T> known(String text, Function<String, T> id) {
    try {
      return Optional.of(id.apply(text));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }
}
