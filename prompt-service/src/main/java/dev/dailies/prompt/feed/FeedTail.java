package dev.dailies.prompt.feed;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the feed for all watchers of this process, on one thread: at once after a commit of this
 * process, and at the latest after a poll for what others wrote.
 */
final class FeedTail implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FeedTail.class);
  private static final int BATCH = 1000;
  private static final Duration CLOSING = Duration.ofSeconds(5);
  private static final long SWEEP_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final FeedLog feed;
  private final Watchers watchers;
  private final FeedProperties properties;
  private final Runnable failedPass;
  private final Semaphore bell = new Semaphore(1);
  private final Thread thread = Thread.ofVirtual().name("feed").unstarted(this::run);

  private volatile boolean closed;
  private boolean joined;
  private boolean failing;
  private long position;
  private long sweepAt = System.nanoTime();

  FeedTail(FeedLog feed, Watchers watchers, FeedProperties properties, Runnable failedPass) {
    this.feed = feed;
    this.watchers = watchers;
    this.properties = properties;
    this.failedPass = failedPass;
  }

  void start() {
    thread.start();
  }

  /** Something was committed. */
  void ring() {
    if (bell.availablePermits() == 0) {
      bell.release();
    }
  }

  private void run() {
    while (!closed) {
      try {
        if (bell.tryAcquire(properties.poll().toNanos(), TimeUnit.NANOSECONDS)) {
          bell.drainPermits();
        }
        pass();
        sweep();
        failing = false;
      } catch (InterruptedException closing) {
        return;
      } catch (RuntimeException e) {
        failed(e);
      }
    }
  }

  private void failed(RuntimeException e) {
    if (closed) {
      return;
    }
    failedPass.run();
    if (!failing) {
      failing = true;
      log.warn("Watchers wait until this has passed: {}", e.toString());
    }
    log.debug("A pass over the feed failed", e);
  }

  private void pass() {
    if (!joined) {
      position = feed.position();
      joined = true;
      watchers.open();
    }
    boolean more = true;
    while (more && !closed) {
      int placed = feed.sequence(BATCH);
      List<FeedEntry> entries = feed.after(position, BATCH);
      watchers.publish(entries);
      if (!entries.isEmpty()) {
        position = entries.getLast().position();
      }
      more = placed == BATCH || entries.size() == BATCH;
    }
  }

  private void sweep() {
    if (System.nanoTime() - sweepAt < 0) {
      return;
    }
    if (feed.expire(properties.keep(), BATCH) < BATCH) {
      sweepAt = System.nanoTime() + SWEEP_NANOS;
    }
  }

  @Override
  public void close() {
    closed = true;
    ring();
    try {
      if (!thread.join(CLOSING)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
