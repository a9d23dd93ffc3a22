package dev.dailies.worker.ledger;

import dev.dailies.contracts.Billing;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Adjustment;
import dev.dailies.contracts.event.AudioMode;
import dev.dailies.contracts.event.Cost;
import dev.dailies.contracts.event.CostBasis;
import dev.dailies.contracts.event.Failure;
import dev.dailies.contracts.event.Money;
import dev.dailies.contracts.event.OutputForm;
import dev.dailies.contracts.event.RenderCancelled;
import dev.dailies.contracts.event.RenderClaimed;
import dev.dailies.contracts.event.RenderCompleted;
import dev.dailies.contracts.event.RenderFailed;
import dev.dailies.contracts.event.RenderParked;
import dev.dailies.contracts.event.RenderProgressed;
import dev.dailies.contracts.event.RenderReleased;
import dev.dailies.contracts.event.RenderSubmitted;
import dev.dailies.contracts.event.RenderTimings;
import dev.dailies.contracts.event.SpecificationForm;
import dev.dailies.contracts.event.WithheldOutput;
import dev.dailies.messaging.EventOrigin;
import dev.dailies.messaging.Outbox;
import dev.dailies.worker.endpoint.Adjusted;
import dev.dailies.worker.endpoint.Charge;
import dev.dailies.worker.endpoint.EndpointFailure;
import dev.dailies.worker.endpoint.ProviderJob;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Says on {@code render.events.v1} what the ledger has just written; within its transaction. */
final class RenderEvents {

  private final Outbox outbox;

  RenderEvents(Outbox outbox) {
    this.outbox = outbox;
  }

  private static EventOrigin origin(
      RenderId render, GenerationId generation, WorkspaceId workspace) {
    return EventOrigin.of("render", render.value(), workspace.value()).keyedBy(generation.value());
  }

  private static EventOrigin origin(HeldRender of) {
    return origin(of.render(), of.generation(), of.workspace());
  }

  void claimed(HeldRender render, String reason) {
    outbox.publish(
        origin(render),
        envelope ->
            RenderClaimed.newBuilder()
                .setEnvelope(envelope)
                .setGeneration(render.generation().value())
                .setAttempt(render.attempt())
                .setWorker(render.fence().owner().value())
                .setEndpoint(render.endpoint().orElse(""))
                .setChoice(render.slotted() ? reason : reason + ", waits for a slot")
                .build());
  }

  void submitted(HeldRender render, ProviderJob job) {
    outbox.publish(
        origin(render),
        envelope ->
            RenderSubmitted.newBuilder()
                .setEnvelope(envelope)
                .setGeneration(render.generation().value())
                .setAttempt(render.attempt())
                .setEndpoint(render.endpoint().orElse(""))
                .setVendorId(job.vendorId())
                .setOrigin(job.origin().toString())
                .setEstimate(money(render.plan().flatMap(SubmittedPlan::estimate)))
                .build());
  }

  void progressed(HeldRender render, int percent) {
    outbox.publish(
        origin(render),
        envelope ->
            RenderProgressed.newBuilder()
                .setEnvelope(envelope)
                .setGeneration(render.generation().value())
                .setAttempt(render.attempt())
                .setPercent(percent)
                .build());
  }

  void parked(HeldRender render, String reason) {
    outbox.publish(
        origin(render),
        envelope ->
            RenderParked.newBuilder()
                .setEnvelope(envelope)
                .setGeneration(render.generation().value())
                .setAttempt(render.attempt())
                .setEndpoint(render.endpoint().orElse(""))
                .setReason(reason)
                .setAtRisk(money(render.plan().flatMap(SubmittedPlan::estimate)))
                .build());
  }

  /**
   * The end of an attempt.
   *
   * @param cancelRequested whether somebody wanted it stopped when the row ended
   */
  void ended(HeldRender render, Ending ending, boolean cancelRequested, Instant endedAt) {
    switch (ending) {
      case Ending.Completed completed -> completed(render, completed, cancelRequested);
      case Ending.Failed failed -> failed(render, failed, endedAt);
      case Ending.Released released -> released(render, released, endedAt);
      case Ending.Cancelled cancelled ->
          cancelled(
              render.render(),
              render.generation(),
              render.workspace(),
              render.attempt(),
              cancelled.billing(),
              cancelled.charge());
    }
  }

  void cancelled(
      RenderId render,
      GenerationId generation,
      WorkspaceId workspace,
      int attempt,
      Billing billing,
      Optional<Charge> charge) {
    outbox.publish(
        origin(render, generation, workspace),
        envelope ->
            RenderCancelled.newBuilder()
                .setEnvelope(envelope)
                .setGeneration(generation.value())
                .setAttempt(attempt)
                .setBilling(billing.name())
                .setCost(cost(charge, true))
                .build());
  }

  private void released(HeldRender render, Ending.Released released, Instant endedAt) {
    outbox.publish(
        origin(render),
        envelope ->
            RenderReleased.newBuilder()
                .setEnvelope(envelope)
                .setGeneration(render.generation().value())
                .setAttempt(render.attempt())
                .setReason(released.reason())
                .setCounts(released.counts())
                .setNotBefore(released.notBefore().map(endedAt::plus).orElse(null))
                .build());
  }

  private void failed(HeldRender render, Ending.Failed failed, Instant endedAt) {
    EndpointFailure failure = failed.failure();
    Failure told =
        Failure.newBuilder()
            .setKind(failure.kind().name())
            .setRetry(failure.retry().name())
            .setBilling(failure.billing().name())
            .setCode(failure.code())
            .setVendorCode(failure.vendorCode().orElse(null))
            .setNotBefore(failure.retryAfter().map(endedAt::plus).orElse(null))
            .build();
    outbox.publish(
        origin(render),
        envelope ->
            RenderFailed.newBuilder()
                .setEnvelope(envelope)
                .setGeneration(render.generation().value())
                .setAttempt(render.attempt())
                .setEndpoint(render.endpoint().orElse(null))
                .setVendorId(render.provider().map(ProviderJob::vendorId).orElse(null))
                .setFailure(told)
                .setCost(cost(failed.charge(), true))
                .build());
  }

  private void completed(HeldRender render, Ending.Completed completed, boolean tooLate) {
    SpecificationForm requested = render.job().getForm();
    ProviderJob provider = render.provider().orElseThrow();
    HeldRender.Result result = render.result().orElseThrow();
    HeldRender.Times times = render.times();
    RenderTimings timings =
        RenderTimings.newBuilder()
            .setClaimedAt(millis(times.claimedAt()))
            .setSubmittedAt(millis(times.submittingAt().orElseThrow()))
            .setAcceptedAt(millis(times.acceptedAt().orElseThrow()))
            .setFinishedAt(millis(times.finishedAt().orElseThrow()))
            .setStoredAt(millis(completed.storedAt()))
            .build();
    List<WithheldOutput> withheld =
        completed.withheld().stream()
            .map(w -> new WithheldOutput(w.index(), w.kind().name(), w.vendorCode().orElse(null)))
            .toList();
    outbox.publish(
        origin(render),
        envelope ->
            RenderCompleted.newBuilder()
                .setEnvelope(envelope)
                .setGeneration(render.generation().value())
                .setAttempt(render.attempt())
                .setRequested(requested)
                .setEffective(effective(requested, render, result))
                .setAdjustments(adjustments(render))
                .setModel(render.job().getEndpointModel())
                .setModelVersion(result.model().orElse(null))
                .setEndpoint(render.endpoint().orElseThrow())
                .setVendorId(provider.vendorId())
                .setOrigin(provider.origin().toString())
                .setSeedUsed(boxed(seedUsed(requested, result)))
                .setOutputs(completed.outputs())
                .setWithheld(withheld)
                .setCost(cost(result.cost(), result.costReported()))
                .setTimings(timings)
                .setCancelledTooLate(tooLate)
                .build());
  }

  private static List<Adjustment> adjustments(HeldRender render) {
    List<Adjusted> made = render.plan().map(SubmittedPlan::adjustments).orElse(List.of());
    return made.stream()
        .map(a -> new Adjustment(a.field(), a.asked(), a.done(), a.reason()))
        .toList();
  }

  private static SpecificationForm effective(
      SpecificationForm requested, HeldRender render, HeldRender.Result result) {
    SpecificationForm.Builder effective = SpecificationForm.newBuilder(requested);
    render
        .plan()
        .ifPresent(plan ->
            effective
                .setOutput(
                    OutputForm.newBuilder(requested.getOutput())
                        .setWidth(plan.width())
                        .setHeight(plan.height())
                        .setLengthMillis(plan.lengthMillis())
                        .build())
                .setAudioMode(AudioMode.valueOf(plan.sound().name())));
    return effective.setSeed(boxed(seedUsed(requested, result))).build();
  }

  private static OptionalLong seedUsed(SpecificationForm requested, HeldRender.Result result) {
    return result.seed().isPresent()
        ? result.seed()
        : requested.getSeed().map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private static Instant millis(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS);
  }

  private static @Nullable Money money(Optional<Charge> charge) {
    return charge.map(c -> new Money(c.amount(), c.currency())).orElse(null);
  }

  private static @Nullable Cost cost(Optional<Charge> charge, boolean reported) {
    return charge
        .map(c ->
            new Cost(
                new Money(c.amount(), c.currency()),
                reported ? CostBasis.REPORTED : CostBasis.COMPUTED))
        .orElse(null);
  }
}
