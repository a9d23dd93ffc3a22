package dev.dailies.prompt.generation;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.RenderId;
import java.time.Instant;
import java.util.Optional;

/** What the facts demand of a generation next; found by {@link Course}. */
public sealed interface Step {
  /** Nothing. */
  record Stay() implements Step {}

  /** Another open state. */
  record Move(GenerationState to) implements Step {}

  /**
   * Wait for another attempt.
   *
   * @param ended the attempt that gave nothing
   * @param hold keeps it from starting at once
   */
  record Again(int ended, Optional<Hold> hold) implements Step {}

  /** Completed with this result. */
  record Complete(RenderId render, AssetId asset, Instant at) implements Step {}

  /** Failed for good. */
  record Fail(FailureFacts failure, int attempts, Instant at) implements Step {}

  /** Refused by moderation. */
  record Refuse(FailureFacts failure, Instant at) implements Step {}

  /** Cancelled, perhaps with something still billed. */
  record Cancel(Optional<Spent> billed, Instant at) implements Step {}
}
