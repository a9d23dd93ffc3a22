package dev.dailies.worker;

import dev.dailies.contracts.Checkpoint;
import java.util.Locale;

/**
 * The named steps of a render between any two durable writes, in the order in which a render meets
 * them. A test may kill the process exactly there; see {@link Checkpoint}.
 */
public enum WorkerSteps {
  /** The claim is in the ledger, the Kafka record is not accepted yet: it will come again. */
  CLAIMED_BEFORE_ACCEPT,
  /** Ready to submit, nothing written of it: the sweeper releases it. */
  ACCEPTED_BEFORE_SUBMIT,
  /** The client reference is durable, no byte has left: the sweeper finds it absent. */
  SUBMITTING_BEFORE_SEND,
  /** The endpoint has taken it, the ledger does not know: the sweeper finds it by reference. */
  SENT_BEFORE_SUBMITTED,
  /** The provider's job id is durable: the sweeper follows it. */
  SUBMITTED_BEFORE_POLL,
  /** All bytes of the result have been read, the store does not have them: fetched again. */
  FETCHED_BEFORE_STORED,
  /** The store has the result, the ledger does not know: adopted. */
  STORED_BEFORE_COMPLETED,
  /** The end is committed; the outbox has not told yet. */
  COMPLETED_COMMITTED;

  /** The step's name, as a checkpoint knows it: {@code worker.claimed-before-accept}. */
  public String stepName() {
    return "worker." + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Says that the calling thread stands here. */
  public void reach() {
    Checkpoint.reach(stepName());
  }
}
