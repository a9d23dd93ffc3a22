package dev.dailies.worker.flow;

import dev.dailies.contracts.Billing;
import dev.dailies.contracts.FailureKind;
import dev.dailies.contracts.Retry;
import dev.dailies.worker.WorkerSteps;
import dev.dailies.worker.endpoint.ClientReference;
import dev.dailies.worker.endpoint.EndpointFailure;
import dev.dailies.worker.endpoint.EndpointRegistry;
import dev.dailies.worker.endpoint.EndpointWatch;
import dev.dailies.worker.endpoint.Negotiation;
import dev.dailies.worker.endpoint.ParentRoute;
import dev.dailies.worker.endpoint.Plan;
import dev.dailies.worker.endpoint.RenderRequest;
import dev.dailies.worker.endpoint.SubmitContext;
import dev.dailies.worker.endpoint.SubmitOutcome;
import dev.dailies.worker.ledger.Ending;
import dev.dailies.worker.ledger.HeldRender;
import dev.dailies.worker.ledger.JobAlreadyHeld;
import dev.dailies.worker.ledger.RenderLedger;
import dev.dailies.worker.ledger.SubmittedPlan;
import dev.dailies.worker.upload.InputFetch;
import dev.dailies.worker.upload.InputFetcher;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes a claimed render through its one paid submit. The intent is durable before the first byte
 * leaves, the answer before anything is done with it; an answer that the ledger can't take yet is
 * kept in hand.
 */
public final class SubmitRender {
  private static final Duration UNTIL_WOKEN = Duration.ofSeconds(5);
  private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(5);

  /** Whatever the endpoint says: "again after 0 s" would turn the pool in circles. */
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

  private static final Duration ACCOUNT_PAUSE = Duration.ofMinutes(1);
  private static final Duration NO_ENDPOINT_PAUSE = Duration.ofSeconds(30);

  private final RenderLedger ledger;
  private final EndpointRegistry registry;
  private final EndpointWatch watch;
  private final InputFetcher inputs;
  private final Stage fetching;
  private final EndRender end;
  private final RenderTally tally;

  public SubmitRender(
      RenderLedger ledger,
      EndpointRegistry registry,
      EndpointWatch watch,
      InputFetcher inputs,
      Stage fetching,
      EndRender end,
      RenderTally tally) {
    this.ledger = ledger;
    this.registry = registry;
    this.watch = watch;
    this.inputs = inputs;
    this.fetching = fetching;
    this.end = end;
    this.tally = tally;
  }

  Next advance(RenderRun run) {
    HeldRender row = run.row();
    if (row.job().getDeadline().filter(d -> d.isBefore(run.ledgerNow())).isPresent()) {
      return end.end(run, new Ending.Released("deadline_passed", true, Optional.empty()));
    }
    Optional<EndpointRegistry.Entry> entry = row.endpoint().flatMap(registry::find);
    if (entry.isEmpty()) {
      return nowhere(run);
    }
    String endpoint = entry.get().definition().name();
    if (run.request().isEmpty()) {
      switch (fetching.run(
          () -> inputs.fetch(row.job(), ParentRoute.idAt(row.job(), endpoint).isPresent()))) {
        case InputFetch.Unusable unusable -> {
          return end.end(
              run,
              new Ending.Failed(
                  EndpointFailure.of(FailureKind.INVALID_INPUT, Retry.AFTER_CHANGE, Billing.NO)
                      .saying(Optional.of(unusable.reason())),
                  Optional.empty()));
        }
        case InputFetch.Fetched fetched ->
            run.prepared(RequestOf.job(row.job(), fetched.files(), endpoint));
      }
    }
    RenderRequest request = run.request().orElseThrow();
    return switch (entry.get().endpoint().negotiate(request)) {
      case Negotiation.Unsupported unsupported ->
          end.end(
              run,
              new Ending.Failed(
                  EndpointFailure.of(FailureKind.UNSUPPORTED, Retry.OTHER_ENDPOINT, Billing.NO)
                      .saying(Optional.of(unsupported.reason())),
                  Optional.empty()));
      case Negotiation.Agreed agreed -> {
        if (!row.slotted()) {
          run.wantSlot();
          yield new Next.Wait(UNTIL_WOKEN);
        }
        yield submit(run, entry.get(), agreed.plan());
      }
    };
  }

  /** Another endpoint may come; what made the parent, or can do this at all, will not. */
  private Next nowhere(RenderRun run) {
    return end.end(
        run,
        ParentRoute.impossible(run.row().job(), registry)
            .<Ending>map(why ->
                new Ending.Failed(
                    EndpointFailure.of(FailureKind.UNSUPPORTED, Retry.NEVER, Billing.NO)
                        .saying(Optional.of(why)),
                    Optional.empty()))
            .orElseGet(
                () -> new Ending.Released("no_endpoint", true, Optional.of(NO_ENDPOINT_PAUSE))));
  }

  private Next submit(RenderRun run, EndpointRegistry.Entry entry, Plan plan) {
    WorkerSteps.ACCEPTED_BEFORE_SUBMIT.reach();
    Optional<HeldRender> intent =
        ledger.submitting(run.row(), SubmittedPlan.of(plan), entry.endpoint().origin());
    if (intent.isEmpty()) {
      return new Next.LookAgain(Duration.ofMillis(200));
    }
    run.see(intent.get());
    return send(run, entry, plan);
  }

  /** The intent is durable, and this worker has not sent yet. */
  Next sendAfterAll(RenderRun run) {
    if (run.cancelRequested()) {
      return end.end(run, new Ending.Released("cancelled", false, Optional.empty()));
    }
    Optional<EndpointRegistry.Entry> entry = run.row().endpoint().flatMap(registry::find);
    Optional<Plan> plan =
        entry.flatMap(e ->
            run.request()
                .flatMap(request ->
                    switch (e.endpoint().negotiate(request)) {
                      case Negotiation.Agreed agreed -> Optional.of(agreed.plan());
                      case Negotiation.Unsupported no -> Optional.<Plan>empty();
                    }));
    if (plan.isEmpty()) {
      return end.end(run, new Ending.Released("no_endpoint", true, Optional.empty()));
    }
    return send(run, entry.orElseThrow(), plan.get());
  }

  private Next send(RenderRun run, EndpointRegistry.Entry entry, Plan plan) {
    WorkerSteps.SUBMITTING_BEFORE_SEND.reach();
    run.sending();
    SubmitContext context =
        new SubmitContext(ClientReference.of(run.id()), run::leaseHolds, run.row().traceParent());
    SubmitOutcome outcome = entry.endpoint().submit(plan, context);
    WorkerSteps.SENT_BEFORE_SUBMITTED.reach();
    String name = entry.definition().name();
    tally.submitted(name, outcome);
    return switch (outcome) {
      case SubmitOutcome.Accepted accepted -> {
        run.accepted(accepted.job());
        inputs.discard(run.id().value());
        yield recordAnswer(run);
      }
      case SubmitOutcome.Rejected rejected -> reject(run, name, rejected.failure());
      case SubmitOutcome.NotSent notSent -> {
        watch.noteDown(name, notSent.why());
        yield end.end(run, new Ending.Released("not_sent", false, Optional.of(DEFAULT_PAUSE)));
      }
      case SubmitOutcome.Unknown unknown ->
          ledger
              .unanswered(run.row())
              .<Next>map(Next.Go::new)
              .orElseGet(() -> new Next.LookAgain(Duration.ZERO));
    };
  }

  /** Makes the endpoint's answer durable. */
  Next recordAnswer(RenderRun run) {
    try {
      return ledger
          .submitted(run.row(), run.accepted().orElseThrow())
          .<Next>map(Next.Go::new)
          .orElseGet(() -> new Next.LookAgain(Duration.ZERO));
    } catch (JobAlreadyHeld twice) {
      return end.park(run, "job_id_given_twice");
    }
  }

  private Next reject(RenderRun run, String endpoint, EndpointFailure failure) {
    return switch (failure.kind()) {
      case RATE_LIMITED, CONCURRENCY_LIMITED, CAPACITY ->
          pause(run, endpoint, failure, pauseOf(failure), false);
      case AUTH, FORBIDDEN, BUDGET_EXHAUSTED -> pause(run, endpoint, failure, ACCOUNT_PAUSE, true);
      case UNKNOWN,
          INVALID_INPUT,
          UNSUPPORTED,
          MODERATION_INPUT,
          MODERATION_OUTPUT,
          MODERATION_UNSPECIFIED,
          BAD_OUTPUT,
          TIMEOUT,
          EXPIRED,
          MODEL_GONE,
          LOST,
          TRANSIENT,
          INTERNAL ->
          end.end(run, new Ending.Failed(failure, Optional.empty()));
    };
  }

  private static Duration pauseOf(EndpointFailure failure) {
    Duration asked = failure.retryAfter().orElse(DEFAULT_PAUSE);
    return asked.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : asked;
  }

  /** The endpoint takes nothing now, from nobody: its slots close until it does. */
  private Next pause(
      RenderRun run, String endpoint, EndpointFailure failure, Duration pause, boolean counts) {
    Ending ending = new Ending.Released(failure.code(), counts, Optional.of(pause));
    run.decide(ending);
    ledger.close(endpoint, pause, failure.code());
    return end.end(run, ending);
  }
}
