package dev.dailies.worker.flow;

import dev.dailies.contracts.Billing;
import dev.dailies.contracts.FailureKind;
import dev.dailies.contracts.Retry;
import dev.dailies.worker.WorkerSteps;
import dev.dailies.worker.endpoint.CancelOutcome;
import dev.dailies.worker.endpoint.Charge;
import dev.dailies.worker.endpoint.ClientReference;
import dev.dailies.worker.endpoint.EndpointDefinition;
import dev.dailies.worker.endpoint.EndpointFailure;
import dev.dailies.worker.endpoint.EndpointRegistry;
import dev.dailies.worker.endpoint.ModelEndpoint;
import dev.dailies.worker.endpoint.PollOutcome;
import dev.dailies.worker.endpoint.ProviderJob;
import dev.dailies.worker.ledger.Ending;
import dev.dailies.worker.ledger.HeldRender;
import dev.dailies.worker.ledger.RenderLedger;
import dev.dailies.worker.ledger.SubmittedPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows paid work until the endpoint is done with it, and stops it where somebody wants so. Any
 * worker can, by the provider's job id alone. Between two polls a render costs a timer.
 */
public final class FollowRender {
  private static final Logger log = LoggerFactory.getLogger(FollowRender.class);
  private static final Duration NO_ENDPOINT_PAUSE = Duration.ofSeconds(30);
  private static final Duration SHORTEST_POLL = Duration.ofMillis(50);

  /** However long an endpoint wants not to be asked: results expire. */
  static final Duration LONGEST_POLL = Duration.ofMinutes(5);

  private static final Duration CANCEL_AGAIN = Duration.ofSeconds(5);

  private final RenderLedger ledger;
  private final EndpointRegistry registry;
  private final EndRender end;
  private final Runnable slotFreed;
  private final int pollsAtOnce;
  private final Map<String, Stage> polling = new ConcurrentHashMap<>();

  /**
   * @param pollsAtOnce per endpoint, so that a wedged one delays no other
   */
  public FollowRender(
      RenderLedger ledger,
      EndpointRegistry registry,
      EndRender end,
      Runnable slotFreed,
      int pollsAtOnce) {
    this.ledger = ledger;
    this.registry = registry;
    this.end = end;
    this.slotFreed = slotFreed;
    this.pollsAtOnce = pollsAtOnce;
  }

  Next advance(RenderRun run) {
    HeldRender row = run.row();
    Optional<EndpointRegistry.Entry> entry = row.endpoint().flatMap(registry::find);
    if (entry.isEmpty()) {
      log.warn("{} can't be followed: its endpoint is not in the registry", run.id());
      return new Next.Wait(NO_ENDPOINT_PAUSE);
    }
    EndpointDefinition definition = entry.get().definition();
    ModelEndpoint endpoint = entry.get().endpoint();
    ProviderJob job = row.provider().orElseThrow();
    WorkerSteps.SUBMITTED_BEFORE_POLL.reach();
    PollOutcome outcome = poll(definition, endpoint, job, ClientReference.of(run.id()));
    if (!(outcome instanceof PollOutcome.Lost)) {
      run.denials().clear();
    }
    return switch (outcome) {
      case PollOutcome.Pending pending -> pending(run, definition, endpoint, job, pending);
      case PollOutcome.Succeeded succeeded -> succeeded(run, succeeded);
      case PollOutcome.Failed failed ->
          end.end(run, new Ending.Failed(failed.failure(), failed.charge()));
      case PollOutcome.Cancelled cancelled ->
          end.end(run, cancelled(run, cancelled.billing(), cancelled.charge()));
      case PollOutcome.Lost lost -> denied(run, definition);
    };
  }

  PollOutcome poll(
      EndpointDefinition definition,
      ModelEndpoint endpoint,
      ProviderJob job,
      ClientReference reference) {
    return polling
        .computeIfAbsent(definition.name(), name -> new Stage("poll " + name, pollsAtOnce))
        .run(() -> endpoint.poll(job, reference));
  }

  private Next pending(
      RenderRun run,
      EndpointDefinition definition,
      ModelEndpoint endpoint,
      ProviderJob job,
      PollOutcome.Pending pending) {
    if (overdue(run, definition) && answered(run, definition, pending)) {
      CancelOutcome stopped = endpoint.cancel(job);
      log.warn("{} ran longer than {}: {}", run.id(), definition.longestRun(), stopped);
      return end.end(
          run,
          new Ending.Failed(
              EndpointFailure.of(FailureKind.TIMEOUT, Retry.SAME_ENDPOINT_LATER, Billing.UNKNOWN),
              Optional.empty()));
    }
    pending
        .trouble()
        .ifPresent(why -> log.debug("Nothing could be learnt of {}: {}", run.id(), why));
    if (pending.percent().isPresent() && pending.percent().getAsInt() > run.row().percent()) {
      Optional<HeldRender> now = ledger.progressed(run.row(), pending.percent().getAsInt());
      if (now.isEmpty()) {
        return new Next.LookAgain(Duration.ZERO);
      }
      run.see(now.get());
    }
    if (run.cancelRequested() && run.mayCancelNow()) {
      Optional<Next> stopped = stop(run, endpoint, job);
      if (stopped.isPresent()) {
        return stopped.get();
      }
    }
    Duration wait = pending.askAgain().orElseGet(() -> Backoff.jittered(definition.pollInterval()));
    return new Next.Wait(
        wait.compareTo(SHORTEST_POLL) < 0
            ? SHORTEST_POLL
            : wait.compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : wait);
  }

  /**
   * Whether an overdue job is known not to have ended, or can't be asked for any more. After an
   * outage of ours the first poll may meet an endpoint that stumbles, and the job may be done.
   */
  private static boolean answered(
      RenderRun run, EndpointDefinition definition, PollOutcome.Pending pending) {
    if (pending.trouble().isEmpty()) {
      return true;
    }
    return run.silences().lostAfter(definition.lostAfter());
  }

  private Optional<Next> stop(RenderRun run, ModelEndpoint endpoint, ProviderJob job) {
    return switch (endpoint.cancel(job)) {
      case CancelOutcome.Cancelled cancelled ->
          Optional.of(end.end(run, new Ending.Cancelled(cancelled.billing(), cancelled.charge())));
      // Goes on, and is paid for: if it ends well, it is kept and marked.
      case CancelOutcome.Refused refused -> later(run, refused.why());
      case CancelOutcome.Unreachable unreachable -> later(run, unreachable.why());
    };
  }

  private static Optional<Next> later(RenderRun run, String why) {
    log.info("{} could not be stopped at its endpoint: {}", run.id(), why);
    run.cancelAgainAfter(CANCEL_AGAIN);
    return Optional.empty();
  }

  private static boolean overdue(RenderRun run, EndpointDefinition definition) {
    Instant accepted = run.row().times().acceptedAt().orElse(run.row().times().claimedAt());
    return run.ledgerNow().isAfter(accepted.plus(definition.longestRun()));
  }

  private Next succeeded(RenderRun run, PollOutcome.Succeeded succeeded) {
    if (succeeded.outputs().isEmpty()) {
      FailureKind kind =
          succeeded.withheld().isEmpty() ? FailureKind.BAD_OUTPUT : FailureKind.MODERATION_OUTPUT;
      return end.end(
          run,
          new Ending.Failed(
              EndpointFailure.of(kind, Retry.AFTER_CHANGE, Billing.UNKNOWN), succeeded.charge()));
    }
    Optional<Charge> computed = run.row().plan().flatMap(SubmittedPlan::estimate);
    Optional<HeldRender> now =
        ledger.rendered(
            run.row(),
            new HeldRender.Result(
                succeeded.charge().or(() -> computed),
                succeeded.charge().isPresent(),
                succeeded.seed(),
                succeeded.modelVersion()));
    if (now.isEmpty()) {
      return new Next.LookAgain(Duration.ZERO);
    }
    run.succeeded(succeeded);
    slotFreed.run();
    return new Next.Go(now.get());
  }

  private Next denied(RenderRun run, EndpointDefinition definition) {
    if (!run.denials().lostAfter(definition.lostAfter())) {
      return new Next.Wait(definition.lostAfter().dividedBy(2).plusMillis(1));
    }
    log.warn("{} is lost: {} does not know it any more", run.id(), definition.name());
    return end.end(
        run,
        run.cancelRequested()
            ? new Ending.Cancelled(Billing.UNKNOWN, Optional.empty())
            : new Ending.Failed(
                EndpointFailure.of(FailureKind.LOST, Retry.SAME_ENDPOINT_LATER, Billing.UNKNOWN),
                Optional.empty()));
  }

  private static Ending cancelled(RenderRun run, Billing billing, Optional<Charge> charge) {
    return run.cancelRequested()
        ? new Ending.Cancelled(billing, charge)
        // Stopped by somebody else, at the endpoint itself.
        : new Ending.Failed(
            EndpointFailure.of(FailureKind.INTERNAL, Retry.SAME_ENDPOINT_LATER, billing), charge);
  }
}
