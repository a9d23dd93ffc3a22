package dev.dailies.worker.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * The slots of one endpoint, over all workers.
 *
 * @param slots in all
 * @param free free now, also while the endpoint is closed
 * @param closedUntil no submit before
 * @param closedReason why, as a code
 */
public record SlotCount(
    String endpoint,
    int slots,
    int free,
    Optional<Instant> closedUntil,
    Optional<String> closedReason) {
  /** How many could be taken now. */
  public int takeable() {
    return closedUntil.isPresent() ? 0 : free;
  }
}
