package dev.dailies.worker.ledger;

import dev.dailies.contracts.event.RenderJob;
import java.util.Optional;

/**
 * A job that a worker wants to hold.
 *
 * @param job the work item
 * @param traceParent trace context it arrived with
 * @param endpoint where it should run, with the reason; empty: nowhere
 */
public record ClaimOffer(RenderJob job, Optional<String> traceParent, Optional<Choice> endpoint) {
  /**
   * An endpoint, and why it was chosen.
   *
   * @param name its name in the registry
   * @param reason as a code
   */
  public record Choice(String name, String reason) {}
}
