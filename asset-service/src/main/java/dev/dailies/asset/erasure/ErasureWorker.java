package dev.dailies.asset.erasure;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for erasures that are due, once in a while. What it leaves another process finds. */
final class ErasureWorker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ErasureWorker.class);

  private final EraseMedia erase;
  private final Duration scan;
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Thread thread;

  ErasureWorker(EraseMedia erase, Duration scan) {
    this.erase = erase;
    this.scan = scan;
  }

  /** Begins; ends with {@link #close}. */
  void start() {
    thread = Thread.ofVirtual().name("erasure").start(this::workForEver);
  }

  private void workForEver() {
    try {
      while (!closed.await(worked() ? 0 : scan.toMillis(), TimeUnit.MILLISECONDS)) {
        log.trace("looks again");
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private boolean worked() {
    try {
      return erase.work();
    } catch (RuntimeException e) {
      log.warn("erasures can't be worked at: {}", e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    closed.countDown();
    if (thread != null) {
      thread.interrupt();
    }
  }
}
