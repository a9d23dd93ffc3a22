package dev.dailies.worker.flow;

import java.time.Duration;

/** Counts how often, and for how long, an endpoint has denied something, all times in a row. */
public final class Denials {
  private static final int ENOUGH = 3;

  private int count;
  private long firstNanos;

  /** One more; true when it has been denied three times over the given time. */
  public boolean lostAfter(Duration least) {
    long now = System.nanoTime();
    if (count == 0) {
      firstNanos = now;
    }
    count++;
    return count >= ENOUGH && now - firstNanos >= least.toNanos();
  }

  public void clear() {
    count = 0;
  }
}
