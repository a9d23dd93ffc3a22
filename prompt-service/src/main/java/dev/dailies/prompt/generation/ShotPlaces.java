package dev.dailies.prompt.generation;

import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.WorkspaceId;
import java.util.Optional;

/** Where new work may be put; asked in the transaction that accepts it. */
public interface ShotPlaces {
  /** The answer. */
  sealed interface Placing {
    /**
     * Here.
     *
     * @param fresh whether the shot has yet to be made
     */
    record Placed(
        ShotId shot,
        boolean fresh,
        Optional<String> project,
        Optional<String> brief,
        Optional<String> briefRow)
        implements Placing {
      /** For the further variations of a request. */
      Placed again() {
        return new Placed(shot, false, project, brief, briefRow);
      }
    }

    /** Not there. */
    record Refused(Refusal refusal) implements Placing {}
  }

  /** The shot that the request names, or a new one of its own. */
  Placing place(WorkspaceId workspace, GenerationRequest.Place wanted);
}
