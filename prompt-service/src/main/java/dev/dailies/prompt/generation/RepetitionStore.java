package dev.dailies.prompt.generation;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import java.time.Instant;
import java.util.Optional;

/** Which requests were answered before, inside the caller's transaction. */
public interface RepetitionStore {
  /**
   * What was noted before.
   *
   * @param request digest of what was asked
   */
  record Remembered(String request, GenerationId generation, Instant acceptedAt) {}

  /** What was noted of such a request. */
  Optional<Remembered> find(WorkspaceId workspace, Repetition repetition, String request);

  /**
   * Takes note of a request, waiting for another transaction that is about to.
   *
   * @return what was noted before; empty if this one is new
   */
  Optional<Remembered> remember(
      WorkspaceId workspace,
      Repetition repetition,
      String request,
      GenerationId generation,
      Instant at);
}
