package dev.dailies.parts;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a condition of the outside world, a bounded time, looking every 20 ms. */
record Patience(Duration limit) {

  private static final Duration STEP = Duration.ofMillis(20);

  /** Whether the condition came true in time. */
  boolean until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      try {
        Thread.sleep(STEP);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new PartFailed("interrupted while waiting", interrupted);
      }
    }
    return true;
  }
}
