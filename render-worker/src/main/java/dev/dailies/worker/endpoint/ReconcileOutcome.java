package dev.dailies.worker.endpoint;

/** Whether a create whose answer was lost has landed. */
public sealed interface ReconcileOutcome {
  /** Exactly one job bears the reference. */
  record Found(ProviderJob job) implements ReconcileOutcome {}

  /** A complete listing by client reference does not hold it. */
  record Absent(String proof) implements ReconcileOutcome {}

  /**
   * Nothing can be said.
   *
   * @param why as a code
   * @param passing whether asking again later may help
   */
  record Undecidable(String why, boolean passing) implements ReconcileOutcome {}
}
