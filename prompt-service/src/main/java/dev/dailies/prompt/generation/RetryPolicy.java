package dev.dailies.prompt.generation;

import dev.dailies.contracts.FailureKind;
import java.time.Duration;
import java.util.Map;

/**
 * How often another attempt is made, and how long it waits where nobody named a time. Data, so that
 * it can be changed without code.
 *
 * @param attempts most attempts that count, where no kind says otherwise
 * @param byKind most attempts for some kinds of failure
 * @param backoff first wait; it doubles with each attempt
 * @param longestBackoff it never grows beyond
 */
public record RetryPolicy(
    int attempts, Map<FailureKind, Integer> byKind, Duration backoff, Duration longestBackoff) {
  private static final int LARGEST_SHIFT = 16;

  public RetryPolicy {
    byKind = Map.copyOf(byKind);
    if (attempts < 1 || byKind.values().stream().anyMatch(most -> most < 1)) {
      throw new IllegalArgumentException("a policy allows at least one attempt");
    }
    if (backoff.isNegative() || longestBackoff.compareTo(backoff) < 0) {
      throw new IllegalArgumentException("the longest backoff is not below the first");
    }
  }

  /** Most attempts that may end with this kind of failure. */
  public int most(FailureKind kind) {
    return byKind.getOrDefault(kind, attempts);
  }

  /** The wait after so many attempts, counted from 1. */
  public Duration waitAfter(int attempt) {
    Duration wait = backoff.multipliedBy(1L << Math.min(Math.max(attempt - 1, 0), LARGEST_SHIFT));
    return wait.compareTo(longestBackoff) > 0 ? longestBackoff : wait;
  }
}
