package dev.dailies.prompt.generation;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.ShotId;
import java.time.Instant;
import java.util.List;

/** What became of a request. */
public sealed interface Submission {
  /** One of the videos of a request. */
  record Made(GenerationId id, ShotId shot, Specification specification, Instant acceptedAt) {}

  /**
   * It is, or already was, accepted; both give the same answer.
   *
   * @param made one for each variation, in their order
   * @param repeated whether an earlier request was answered again
   */
  record Accepted(List<Made> made, boolean repeated) implements Submission {
    public Accepted {
      made = List.copyOf(made);
    }

    Made first() {
      return made.getFirst();
    }
  }

  /** A rule says no. */
  record Refused(Refusal refusal) implements Submission {}

  /** The idempotency key was used for another request. */
  record KeyReused() implements Submission {}
}
