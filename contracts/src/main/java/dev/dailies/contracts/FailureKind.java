package dev.dailies.contracts;

/**
 * Why a render did not give its video. Together with {@link Retry}, {@link Billing} and a time to
 * come back it says the four things a dispatcher must know about a failure.
 */
public enum FailureKind {
  /** Written by a newer producer than this reader knows. */
  UNKNOWN,
  /** The endpoint refused the request as malformed or out of range. */
  INVALID_INPUT,
  /** The endpoint or model cannot do what was asked. */
  UNSUPPORTED,
  /** The request was refused by the endpoint's input moderation. */
  MODERATION_INPUT,
  /** The result was withheld by the endpoint's output moderation. */
  MODERATION_OUTPUT,
  /** Refused by moderation, without a word on which side. */
  MODERATION_UNSPECIFIED,
  /** Our credentials were not accepted. */
  AUTH,
  /** Our credentials were accepted, but not for this. */
  FORBIDDEN,
  /** Our account at the endpoint has no money left. */
  BUDGET_EXHAUSTED,
  /** Too many requests in a window of time. */
  RATE_LIMITED,
  /** Too many renders at once. */
  CONCURRENCY_LIMITED,
  /** The endpoint has no capacity now. */
  CAPACITY,
  /** There was a result, but it is not a usable video. */
  BAD_OUTPUT,
  /** Not finished within the endpoint's longest run. */
  TIMEOUT,
  /** The result was gone before it was fetched. */
  EXPIRED,
  /** The endpoint no longer offers the model. */
  MODEL_GONE,
  /** The endpoint forgot a render that it had accepted. */
  LOST,
  /** A passing fault of network or endpoint. */
  TRANSIENT,
  /** A fault of the endpoint with no better name, or of ours. */
  INTERNAL;

  /** Whether moderation said no: the generation then ends as <em>refused</em>, not as failed. */
  public boolean isModeration() {
    return this == MODERATION_INPUT || this == MODERATION_OUTPUT || this == MODERATION_UNSPECIFIED;
  }
}
