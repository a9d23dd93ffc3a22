package dev.dailies.worker.flow;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Something has happened that a waiting thread wants to know of; several are one. */
public final class Signal {
  private final Semaphore given = new Semaphore(0);

  public void give() {
    if (given.availablePermits() == 0) {
      given.release();
    }
  }

  /** Waits for it, but no longer than this. */
  public void await(Duration atMost) throws InterruptedException {
    if (given.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
      given.drainPermits();
    }
  }
}
