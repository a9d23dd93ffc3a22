package dev.dailies.worker.flow;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** A bounded number of like things at once, in the order in which they came. */
public final class Stage {
  private final String name;
  private final Semaphore places;

  public Stage(String name, int atOnce) {
    this.name = name;
    this.places = new Semaphore(atOnce, true);
  }

  /** Runs the work once there is a place; callers are virtual threads and may wait. */
  public <T> T run(Supplier<T> work) {
    places.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      places.release();
    }
  }

  /** How many wait for a place now. */
  public int waiting() {
    return places.getQueueLength();
  }

  public String name() {
    return name;
  }
}
