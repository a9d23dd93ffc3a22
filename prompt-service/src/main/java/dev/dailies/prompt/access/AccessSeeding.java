package dev.dailies.prompt.access;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the configured keys into the register, however long that is out of reach. */
final class AccessSeeding implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AccessSeeding.class);

  private final AccessRegister register;
  private final List<ConfiguredKey> keys;
  private final Runnable done;
  private final Duration pause;
  private final CountDownLatch closed = new CountDownLatch(1);

  AccessSeeding(AccessRegister register, List<ConfiguredKey> keys, Runnable done, Duration pause) {
    this.register = register;
    this.keys = List.copyOf(keys);
    this.done = done;
    this.pause = pause;
  }

  void start() {
    if (keys.isEmpty()) {
      log.warn("No key is configured (DAILIES_KEYS): only keys already in the database work");
    }
    if (!tried()) {
      Thread.ofVirtual().name("access-seeding").start(this::untilDone);
    }
  }

  private void untilDone() {
    try {
      while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        if (tried()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean tried() {
    try {
      register.configure(keys);
    } catch (RuntimeException e) {
      log.warn("The configured keys could not be written yet: {}", e.toString());
      return false;
    }
    done.run();
    return true;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
