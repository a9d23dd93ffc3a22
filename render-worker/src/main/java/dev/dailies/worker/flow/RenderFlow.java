package dev.dailies.worker.flow;

import dev.dailies.contracts.RenderId;
import dev.dailies.messaging.TraceParent;
import dev.dailies.worker.ledger.Ending;
import dev.dailies.worker.ledger.HeldRender;
import dev.dailies.worker.ledger.LedgerUnavailable;
import dev.dailies.worker.ledger.RenderLedger;
import dev.dailies.worker.ledger.RenderState;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One step at a time, moves a held render on from wherever the ledger says that it stands. A step
 * that fails is tried again; one whose change the ledger did not take begins by looking there
 * again.
 */
public final class RenderFlow {
  private static final Logger log = LoggerFactory.getLogger(RenderFlow.class);

  /** Unexpected faults before the submit after which dispatch had better try elsewhere. */
  private static final int MOST_FAULTS = 5;

  private final RenderLedger ledger;
  private final HeldRenders held;
  private final Timers timers;
  private final SubmitRender submit;
  private final ReconcileRender reconcile;
  private final FollowRender follow;
  private final StoreRender store;
  private final EndRender end;
  private final TraceParent trace;
  private final RenderTally tally;
  private volatile boolean draining;

  public RenderFlow(
      RenderLedger ledger,
      HeldRenders held,
      Timers timers,
      SubmitRender submit,
      ReconcileRender reconcile,
      FollowRender follow,
      StoreRender store,
      EndRender end,
      TraceParent trace,
      RenderTally tally) {
    this.ledger = ledger;
    this.held = held;
    this.timers = timers;
    this.submit = submit;
    this.reconcile = reconcile;
    this.follow = follow;
    this.store = store;
    this.end = end;
    this.trace = trace;
    this.tally = tally;
  }

  /** Takes a render into this worker's hands. */
  public void take(HeldRender row, long leaseEnds) {
    RenderRun run = new RenderRun(row, leaseEnds);
    held.add(run);
    wake(run);
  }

  /** Does the next step now, if the render is in this worker's hands. */
  public void wake(RenderId id) {
    held.find(id).ifPresent(this::wake);
  }

  public void wake(RenderRun run) {
    timers.now(run, () -> advance(run));
  }

  /** Somebody wants it stopped: told to whoever holds it. */
  public void requestCancel(RenderId id) {
    held.find(id)
        .ifPresent(run -> {
          run.requestCancel();
          wake(run);
        });
  }

  /** From now on nothing is submitted, and what can be handed over is. */
  public void drain() {
    draining = true;
    held.all().forEach(this::wake);
  }

  private Optional<Duration> advance(RenderRun run) {
    while (held.holds(run)) {
      Next next =
          trace.continuing(
              run.row().traceParent(), "render " + run.row().state(), () -> stepSafely(run));
      switch (next) {
        case Next.Go go -> {
          run.see(go.row());
          run.backoff().reset();
        }
        case Next.Wait wait -> {
          return Optional.of(wait.atMost());
        }
        case Next.LookAgain again -> {
          run.doubt();
          if (again.after().isPositive()) {
            return Optional.of(again.after());
          }
        }
        case Next.LetGo done -> held.remove(run);
      }
    }
    return Optional.empty();
  }

  private Next stepSafely(RenderRun run) {
    try {
      return step(run);
    } catch (LedgerUnavailable e) {
      log.warn("{} waits for the ledger", run.id(), e);
      return new Next.LookAgain(run.backoff().next());
    } catch (RuntimeException e) {
      tally.stepFailed(run.row().state().name());
      log.error("A step of {} in {} failed", run.id(), run.row().state(), e);
      run.doubt();
      return run.row().state() == RenderState.CLAIMED && run.countFault() >= MOST_FAULTS
          ? giveBack(run)
          : new Next.Wait(run.backoff().next());
    }
  }

  private Next giveBack(RenderRun run) {
    run.decide(new Ending.Released("worker_fault", true, Optional.empty()));
    return new Next.LookAgain(Duration.ZERO);
  }

  private Next step(RenderRun run) {
    if (run.clearDoubt()) {
      Optional<HeldRender> now = ledger.reload(run.row());
      if (now.isEmpty()) {
        log.info("{} is no longer ours", run.id());
        run.accepted()
            .filter(job -> ledger.answered(run.row(), job))
            .ifPresent(job -> log.info("{} was taken as {}: told its holder", run.id(), job));
        tally.lost();
        return new Next.LetGo();
      }
      run.see(now.get());
    }
    if (run.decided().isPresent()) {
      return end.end(run, run.decided().get());
    }
    if (draining) {
      Optional<Next> handed = handOver(run);
      if (handed.isPresent()) {
        return handed.get();
      }
    }
    return switch (run.row().state()) {
      case CLAIMED -> submit.advance(run);
      case SUBMITTING -> undecidedSubmit(run);
      case SUBMITTED -> follow.advance(run);
      case RENDERED -> store.advance(run);
      case PARKED, COMPLETED, FAILED, RELEASED, CANCELLED -> new Next.LetGo();
    };
  }

  private Next undecidedSubmit(RenderRun run) {
    if (run.accepted().isPresent()) {
      return submit.recordAnswer(run);
    }
    // The intent was written by us, but we did not learn so in time to send.
    return run.sent() || run.request().isEmpty()
        ? reconcile.advance(run)
        : submit.sendAfterAll(run);
  }

  /** Empty for what must be finished here: an answer in hand, a result on its way. */
  private Optional<Next> handOver(RenderRun run) {
    return switch (run.row().state()) {
      case CLAIMED ->
          Optional.of(end.end(run, new Ending.Released("drained", false, Optional.empty())));
      case SUBMITTING ->
          run.accepted().isPresent() ? Optional.empty() : Optional.of(giveToOthers(run));
      case SUBMITTED -> Optional.of(giveToOthers(run));
      case RENDERED ->
          run.succeeded().isPresent() ? Optional.empty() : Optional.of(giveToOthers(run));
      case PARKED, COMPLETED, FAILED, RELEASED, CANCELLED -> Optional.empty();
    };
  }

  private Next giveToOthers(RenderRun run) {
    ledger.handOver(run.row());
    tally.handedOver();
    return new Next.LetGo();
  }

  /** Gives away what is still held, whatever it is doing: the end of a drain's budget. */
  public void abandon() {
    for (RenderRun run : held.all()) {
      // What has not left by now must not leave any more.
      run.leaseEnds(System.nanoTime());
      try {
        ledger.handOver(run.row());
      } catch (LedgerUnavailable e) {
        log.warn("{} is left to lapse", run.id());
      }
      held.remove(run);
    }
  }
}
