package dev.dailies.review.moderation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a provider answers. */
public sealed interface Judgement {
  /** It looked at everything; no signals: it noticed nothing. */
  record Assessed(List<Signal> signals) implements Judgement {
    public Assessed {
      signals = List.copyOf(signals);
    }
  }

  /**
   * It could not look. Nobody is cleared by that.
   *
   * @param why for the log of the operator
   * @param retryAfter what it asked us to wait
   */
  record Unavailable(String why, Optional<Duration> retryAfter) implements Judgement {}
}
