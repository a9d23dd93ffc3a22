package dev.dailies.worker.endpoint;

import java.time.Duration;
import java.util.Optional;

/** What became of a submit. */
public sealed interface SubmitOutcome {
  /**
   * The work is taken, and paid for.
   *
   * @param pollAfter when it is worth asking for the first time
   */
  record Accepted(ProviderJob job, Duration pollAfter, Optional<Charge> estimate)
      implements SubmitOutcome {}

  /** Nothing was created: it is safe to try elsewhere. */
  record Rejected(EndpointFailure failure) implements SubmitOutcome {}

  /**
   * No byte of the body left, for the reason given: the server can't be reached, or the permit no
   * longer holds.
   */
  record NotSent(String why) implements SubmitOutcome {}

  /** The work may or may not have been taken. To be reconciled, never repeated. */
  record Unknown(String why) implements SubmitOutcome {}
}
