package dev.dailies.review.moderation;

import java.time.Duration;
import java.util.Locale;

/** What is to become of a task after an attempt to judge its asset. */
sealed interface NextStep {
  /** There is a verdict. */
  record Decide(Verdict verdict) implements NextStep {}

  /**
   * Something is missing for now.
   *
   * @param reason what
   * @param delay until the next attempt
   */
  record Defer(Reason reason, Duration delay) implements NextStep {}

  /** There is nothing left to judge: the generation was erased. */
  record Drop() implements NextStep {}

  /** Why an attempt ended without a verdict. */
  enum Reason {
    /** The text of the request has not arrived. */
    TEXT_MISSING(false),
    /** A provider could not look. */
    PROVIDER_UNAVAILABLE(true),
    /** The store does not answer; waited for as long as it takes. */
    STORE_UNAVAILABLE(false),
    /** Reading the media took too long. */
    SAMPLING_FAILED(true),
    /** A fault of ours. */
    FAULT(true);

    private final boolean failure;

    Reason(boolean failure) {
      this.failure = failure;
    }

    /** Whether it uses up one of the policy's attempts. */
    boolean isFailure() {
      return failure;
    }

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
