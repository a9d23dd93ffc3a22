package dev.dailies.prompt.generation;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.edge.RefusalException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets so many work with the database at once; the rest wait here, in the order they came. Who
 * waits for a connection instead is told after two seconds that the database is away, which a crowd
 * of requests alone would bring about.
 */
final class Turns {
  private static final long PATIENCE_SECONDS = 20;

  private final Semaphore turns;

  Turns(int atOnce) {
    turns = new Semaphore(atOnce, true);
  }

  /** Works when it is its turn. */
  <T> T take(Supplier<T> work) {
    await();
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }

  private void await() {
    try {
      if (turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new RefusalException(
            ErrorCode.RATE_LIMIT_EXCEEDED, "Too many requests at once; nothing was accepted.")
        .header("Retry-After", "2");
  }
}
