package dev.dailies.prompt.generation;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.WorkspaceId;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Shots in PostgreSQL. */
final class JdbcShotPlaces implements ShotPlaces {
  private final JdbcClient jdbc;

  JdbcShotPlaces(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Known(Placing.Placed placed, boolean archived) {}

  @Override
  public Placing place(WorkspaceId workspace, GenerationRequest.Place wanted) {
    if (wanted.shot().isEmpty()) {
      return new Placing.Placed(
          ShotId.mint(),
          true,
          wanted.project().map(Object::toString),
          wanted.brief().map(Object::toString),
          wanted.briefRow());
    }
    ShotId shot = wanted.shot().get();
    return find(workspace, shot)
        .map(known -> check(wanted, known))
        .orElseGet(() -> refused(ErrorCode.NOT_FOUND, "shot", "There is no such shot."));
  }

  /** Whoever archives it waits until the work in it has been accepted, or comes first. */
  private Optional<Known> find(WorkspaceId workspace, ShotId shot) {
    return jdbc.sql(
            """
            select project, brief, brief_row, archived from shot
            where id = :id and workspace = :workspace for share
            """)
        .param("id", shot.value())
        .param("workspace", workspace.value())
        .query((row, number) ->
            new Known(
                new Placing.Placed(
                    shot,
                    false,
                    JdbcColumns.text(row, "project"),
                    JdbcColumns.text(row, "brief"),
                    JdbcColumns.text(row, "brief_row")),
                row.getBoolean("archived")))
        .optional();
  }

  private static Placing check(GenerationRequest.Place wanted, Known known) {
    if (known.archived()) {
      return refused(ErrorCode.CONFLICT, "shot", "The shot is archived; it takes no new work.");
    }
    boolean elsewhere =
        differs(wanted.project(), known.placed().project())
            || differs(wanted.brief(), known.placed().brief());
    return elsewhere
        ? refused(
            ErrorCode.INVALID_REQUEST, "shot", "The shot belongs to another project or brief.")
        : known.placed();
  }

  private static boolean differs(Optional<?> wanted, Optional<String> known) {
    return wanted.isPresent() && !wanted.map(Object::toString).equals(known);
  }

  private static Placing refused(ErrorCode code, String param, String message) {
    return new Placing.Refused(new Refusal("placed", code, message, param));
  }
}
