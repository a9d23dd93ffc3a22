package dev.dailies.worker.endpoint;

/** Whether a model can do what is asked, or something near enough to be said openly. */
public sealed interface Negotiation {
  /** It can, with the adjustments that the plan names. */
  record Agreed(Plan plan) implements Negotiation {}

  /**
   * It can't.
   *
   * @param reason why, as a code
   */
  record Unsupported(String reason) implements Negotiation {}
}
