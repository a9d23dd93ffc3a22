package dev.dailies.review.moderation;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Tells the moderation loop that there is work, so that it need not wait for its next look. */
final class WakeUp {
  private final Semaphore calls = new Semaphore(0);

  void call() {
    calls.release();
  }

  /** Returns when called, at once if called since the last time, or when the time has passed. */
  void await(Duration atMost) throws InterruptedException {
    if (calls.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      calls.drainPermits();
    }
  }
}
