package dev.dailies.worker.flow;

import dev.dailies.worker.ledger.HeldRender;
import java.time.Duration;

/** What is to be done with a render after a step. */
public sealed interface Next {
  /** It stands somewhere else now: go on at once. */
  record Go(HeldRender row) implements Next {}

  /** Nothing to do before this has passed, or somebody wakes it. */
  record Wait(Duration atMost) implements Next {}

  /**
   * The ledger did not take a change, or could not be asked: look at it again before anything else.
   */
  record LookAgain(Duration after) implements Next {}

  /** It has ended, or is somebody else's. */
  record LetGo() implements Next {}
}
