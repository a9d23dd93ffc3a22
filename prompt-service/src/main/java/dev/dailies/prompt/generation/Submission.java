package dev.dailies.prompt.generation;

import dev.dailies.contracts.GenerationId;
import java.time.Instant;

/** What became of a request. */
public sealed interface Submission {
  /**
   * It is, or already was, accepted; both give the same answer.
   *
   * @param repeated whether an idempotency key named an earlier request
   */
  record Accepted(
      GenerationId id, Specification specification, Instant acceptedAt, boolean repeated)
      implements Submission {}

  /** A rule says no. */
  record Refused(Refusal refusal) implements Submission {}

  /** The idempotency key was used for another request. */
  record KeyReused() implements Submission {}
}
