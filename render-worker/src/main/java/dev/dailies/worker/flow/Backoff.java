package dev.dailies.worker.flow;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Doubling waits with a quarter of jitter, up to a longest one; begins anew when things go well.
 */
public final class Backoff {
  private final Duration first;
  private final Duration longest;
  private Duration next;

  public Backoff(Duration first, Duration longest) {
    this.first = first;
    this.longest = longest;
    this.next = first;
  }

  public Duration next() {
    Duration now = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(longest) > 0 ? longest : doubled;
    return jittered(now);
  }

  public void reset() {
    next = first;
  }

  /** The same, three quarters to five quarters long: so that a crowd does not come at once. */
  public static Duration jittered(Duration wait) {
    double factor = 0.75 + ThreadLocalRandom.current().nextDouble() / 2;
    return Duration.ofNanos((long) (wait.toNanos() * factor));
  }
}
