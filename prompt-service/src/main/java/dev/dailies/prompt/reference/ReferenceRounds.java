package dev.dailies.prompt.reference;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes round regularly, on a thread of its own; a round that fails is done again. */
final class ReferenceRounds implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ReferenceRounds.class);

  private final AwaitReferences await;
  private final Duration scan;
  private final Duration abandoned;
  private final Thread thread = Thread.ofVirtual().name("reference-rounds").unstarted(this::run);

  ReferenceRounds(AwaitReferences await, Duration scan, Duration abandoned) {
    this.await = await;
    this.scan = scan;
    this.abandoned = abandoned;
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(scan);
        round(await::look);
        round(() -> await.sweep(abandoned));
      }
    } catch (InterruptedException closing) {
      log.debug("No more rounds");
    }
  }

  private static void round(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      log.debug("A round over the references failed", e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
