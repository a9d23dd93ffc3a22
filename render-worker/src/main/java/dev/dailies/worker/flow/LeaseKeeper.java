package dev.dailies.worker.flow;

import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.WorkerId;
import dev.dailies.worker.ledger.Ending;
import dev.dailies.worker.ledger.HeldRender;
import dev.dailies.worker.ledger.LedgerUnavailable;
import dev.dailies.worker.ledger.RenderLedger;
import dev.dailies.worker.ledger.RenderState;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this worker's leases, all in one statement, and takes over those that others let lapse:
 * what was not submitted goes back to dispatch, all else is followed on.
 */
public final class LeaseKeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LeaseKeeper.class);
  private static final int RENEWALS_PER_LEASE = 4;
  private static final int MOST_AT_ONCE = 200;

  private final WorkerId self;
  private final RenderLedger ledger;
  private final HeldRenders held;
  private final RenderFlow flow;
  private final RenderTally tally;
  private final Duration lease;
  private final ScheduledExecutorService renewals = thread("lease-renewal");
  private final ScheduledExecutorService sweeps = thread("lease-sweep");
  private volatile boolean takingOver = true;

  public LeaseKeeper(
      WorkerId self,
      RenderLedger ledger,
      HeldRenders held,
      RenderFlow flow,
      RenderTally tally,
      Duration lease) {
    this.self = self;
    this.ledger = ledger;
    this.held = held;
    this.flow = flow;
    this.tally = tally;
    this.lease = lease;
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name(name).factory());
  }

  /** Until when a lease that is taken now surely holds, by {@link System#nanoTime}. */
  public long leaseFrom(long startedNanos) {
    // A tenth less than the ledger's: the two clocks run, and tick, apart.
    return startedNanos + lease.minus(lease.dividedBy(10)).toNanos();
  }

  public void start() {
    long every = lease.dividedBy(RENEWALS_PER_LEASE).toMillis();
    renewals.scheduleWithFixedDelay(this::renew, every, every, TimeUnit.MILLISECONDS);
    long look = Math.min(1000, every);
    sweeps.scheduleWithFixedDelay(this::sweep, 0, look, TimeUnit.MILLISECONDS);
  }

  /** From now on others take over what lapses. */
  public void stopTakingOver() {
    takingOver = false;
  }

  private void renew() {
    try {
      Collection<RenderRun> runs = held.all();
      if (runs.isEmpty()) {
        return;
      }
      long started = System.nanoTime();
      Map<RenderId, Long> tokens =
          ledger.renew(self, runs.stream().map(RenderRun::id).collect(Collectors.toSet()), lease);
      for (RenderRun run : runs) {
        Long token = tokens.get(run.id());
        if (token != null && token == run.row().fence().token()) {
          run.leaseEnds(leaseFrom(started));
        } else if (held.holds(run)) {
          run.doubt();
          flow.wake(run);
        }
      }
    } catch (LedgerUnavailable e) {
      log.warn("Leases could not be renewed", e);
    } catch (RuntimeException e) {
      log.error("Leases could not be renewed", e);
    }
  }

  private void sweep() {
    try {
      if (!takingOver) {
        return;
      }
      long started = System.nanoTime();
      List<HeldRender> lapsed = ledger.takeOver(self, held.ids(), lease, MOST_AT_ONCE);
      for (HeldRender row : lapsed) {
        log.info("Took over {} in {}", row.render(), row.state());
        if (row.state() == RenderState.CLAIMED) {
          release(row);
        } else {
          flow.take(row, leaseFrom(started));
        }
      }
      if (!lapsed.isEmpty()) {
        tally.takenOver(lapsed.size());
      }
      int freed = ledger.freeExpiredSlots();
      if (freed > 0) {
        log.warn("Freed {} slots of parked renders whose longest run has passed", freed);
      }
    } catch (LedgerUnavailable e) {
      log.warn("Lapsed leases could not be looked for", e);
    } catch (RuntimeException e) {
      log.error("Lapsed leases could not be looked for", e);
    }
  }

  private void release(HeldRender row) {
    Ending ending = new Ending.Released("worker_gone", false, Optional.empty());
    if (ledger.end(row, ending)) {
      tally.ended(ending);
    }
  }

  @Override
  public void close() {
    renewals.shutdownNow();
    sweeps.shutdownNow();
  }
}
