package dev.dailies.prompt;

import dev.dailies.contracts.Checkpoint;

/**
 * The named steps between two durable writes of this service, in the order in which a request meets
 * them. A test arms one of them, waits until it is hit and kills the process there; see {@link
 * Checkpoint}.
 */
public enum PromptSteps {
  /** The request is written, the transaction not yet committed: the client must see an error. */
  ACCEPT_BEFORE_COMMIT("prompt.accept-before-commit"),
  /** The request is committed, the client has no answer yet: it must not be lost or doubled. */
  ACCEPTED_COMMITTED("prompt.accepted-committed"),
  /** A render is minted and its job in the outbox, not yet committed: nothing must be left. */
  RELEASE_BEFORE_COMMIT("prompt.release-before-commit"),
  /** The release is committed; the outbox has yet to send the job. */
  RELEASED_COMMITTED("prompt.released-committed"),
  /** A job that nobody claimed is to be handed out again, not yet committed. */
  HAND_OUT_AGAIN_BEFORE_COMMIT("prompt.hand-out-again-before-commit"),
  /** A cancel is noted and the worker's order in the outbox, not yet committed. */
  CANCEL_BEFORE_COMMIT("prompt.cancel-before-commit"),
  /** The words are gone and the tombstone is in the outbox, not yet committed: both or neither. */
  ERASE_BEFORE_COMMIT("prompt.erase-before-commit"),
  /** What a worker or asset-service told was acted upon, not yet committed. */
  RESULT_BEFORE_COMMIT("prompt.result-before-commit");

  private final String step;

  PromptSteps(String step) {
    this.step = step;
  }

  /** The name under which it is armed. */
  public String step() {
    return step;
  }

  /** Says that the calling thread stands here. */
  public void reach() {
    Checkpoint.reach(step);
  }
}
