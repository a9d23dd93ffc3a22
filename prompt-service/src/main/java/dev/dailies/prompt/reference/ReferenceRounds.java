package dev.dailies.prompt.reference;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes round regularly, on a thread of its own; a round that fails is done again. */
final class ReferenceRounds implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ReferenceRounds.class);

  private final Runnable round;
  private final Duration scan;
  private final Thread thread;

  ReferenceRounds(String name, Runnable round, Duration scan) {
    this.round = round;
    this.scan = scan;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(scan);
        goRound();
      }
    } catch (InterruptedException closing) {
      log.debug("No more rounds");
    }
  }

  private void goRound() {
    try {
      round.run();
    } catch (RuntimeException e) {
      log.warn("{} failed and is done again: {}", thread.getName(), e.toString());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
