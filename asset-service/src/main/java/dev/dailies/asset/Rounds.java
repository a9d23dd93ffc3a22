package dev.dailies.asset;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes round regularly, on a thread of its own. A round that fails is told and done again; what a
 * process leaves undone another finds.
 */
public final class Rounds implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Rounds.class);

  private final Round round;
  private final Duration scan;
  private final Thread thread;

  /** One round. */
  @FunctionalInterface
  public interface Round {
    /** Whether there is more that could be done at once. */
    boolean go() throws InterruptedException;
  }

  /**
   * Named rounds.
   *
   * @param scan wait between two rounds when the first left nothing to do
   */
  public Rounds(String name, Duration scan, Round round) {
    this.round = round;
    this.scan = scan;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  /** Begins; ends with {@link #close}. */
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        if (!isMore()) {
          Thread.sleep(scan);
        }
      }
    } catch (InterruptedException closing) {
      log.debug("{} ends", thread.getName());
    }
  }

  private boolean isMore() throws InterruptedException {
    try {
      return round.go();
    } catch (RuntimeException e) {
      log.warn("A round of {} failed and is done again: {}", thread.getName(), e.toString());
      return false;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
