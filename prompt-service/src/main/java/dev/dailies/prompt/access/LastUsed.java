package dev.dailies.prompt.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When keys were last used, written in batches: a request must not cost a write. What a process
 * that dies had not written yet is forgotten; the time is coarse in any case.
 */
final class LastUsed implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LastUsed.class);

  private final Map<String, Instant> noted = new ConcurrentHashMap<>();
  private final KeyStore keys;
  private final Clock clock;
  private final Duration pause;
  private final CountDownLatch closed = new CountDownLatch(1);

  LastUsed(KeyStore keys, Clock clock, Duration pause) {
    this.keys = keys;
    this.clock = clock;
    this.pause = pause;
  }

  void start() {
    Thread.ofVirtual().name("last-used").start(this::untilClosed);
  }

  /** Bounded by the number of keys there are: only a good one is noted. */
  void note(String keyId) {
    noted.put(keyId, clock.instant());
  }

  private void untilClosed() {
    try {
      while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        write();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes what was noted; what can't be written now is for the next time. */
  void write() {
    Map<String, Instant> batch = new HashMap<>(noted);
    if (batch.isEmpty()) {
      return;
    }
    try {
      keys.used(batch);
      batch.forEach(noted::remove);
    } catch (RuntimeException e) {
      log.warn("The last use of {} keys could not be written yet: {}", batch.size(), e.toString());
    }
  }

  @Override
  public void close() {
    closed.countDown();
    write();
  }
}
