package dev.dailies.worker.ledger;

/** What a wish to cancel did in the ledger. */
public enum CancelResult {
  /** Nothing had been submitted: it is cancelled, and its job can never start. */
  CANCELLED,
  /** It may be running: its holder has been told to stop it. */
  REQUESTED,
  /** It had ended, or had been told before. */
  UNCHANGED
}
