package dev.dailies.prompt.generation;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.Pool;
import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.WorkspaceId;
import java.time.Instant;
import java.util.Optional;

/**
 * The request for one video, as its row says.
 *
 * @param held whether anything keeps it from being released
 * @param settledAttempt the attempt whose end has been acted upon; 0 before the first
 * @param acceptedAt since when it waits
 * @param cancelAskedAt since when a cancel is wanted
 */
public record Generation(
    GenerationId id,
    WorkspaceId workspace,
    ShotId shot,
    Pool pool,
    String model,
    GenerationState state,
    boolean held,
    int settledAttempt,
    Instant acceptedAt,
    Optional<Instant> cancelAskedAt) {

  /** Whether a cancel is wanted. */
  public boolean cancelling() {
    return cancelAskedAt.isPresent();
  }
}
