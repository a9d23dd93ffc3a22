package dev.dailies.worker.control;

import dev.dailies.worker.claim.Claiming;
import dev.dailies.worker.flow.HeldRenders;
import dev.dailies.worker.flow.LeaseKeeper;
import dev.dailies.worker.flow.RenderFlow;
import dev.dailies.worker.flow.Signal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties this worker's hands: claims no more, gives back what was not submitted, hands the
 * following of remote work to others at once, and finishes within a budget only what can't be
 * handed over (an answer that is not written yet, a result that is being stored).
 */
public final class Drain {
  private static final Logger log = LoggerFactory.getLogger(Drain.class);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Supplier<Claiming> claiming;
  private final HeldRenders held;
  private final RenderFlow flow;
  private final LeaseKeeper leases;
  private final Signal changed;
  private final Duration budget;
  private final AtomicBoolean begun = new AtomicBoolean();

  public Drain(
      Supplier<Claiming> claiming,
      HeldRenders held,
      RenderFlow flow,
      LeaseKeeper leases,
      Signal changed,
      Duration budget) {
    this.claiming = claiming;
    this.held = held;
    this.flow = flow;
    this.leases = leases;
    this.changed = changed;
    this.budget = budget;
  }

  /** Begins, and returns; the process stays, for whoever asked to end it. */
  public void begin() {
    Thread.ofVirtual().name("drain").start(this::run);
  }

  /** Begins, or joins in, and returns when the hands are empty or the budget is spent. */
  public void run() {
    if (begun.compareAndSet(false, true)) {
      log.info("Draining: {} renders in hand", held.size());
    }
    leases.stopTakingOver();
    claiming.get().stop();
    changed.give();
    flow.drain();
    long until = System.nanoTime() + budget.toNanos();
    try {
      while (held.size() > 0 && System.nanoTime() < until) {
        Thread.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (held.size() > 0) {
      log.warn("Drained with {} renders still in hand: left to others", held.size());
      flow.abandon();
    }
    changed.give();
  }
}
