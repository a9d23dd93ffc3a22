package dev.dailies.prompt.generation;

import dev.dailies.contracts.Billing;
import dev.dailies.contracts.FailureKind;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.Retry;
import dev.dailies.contracts.event.Envelope;
import dev.dailies.contracts.event.RenderCancelled;
import dev.dailies.contracts.event.RenderClaimed;
import dev.dailies.contracts.event.RenderCompleted;
import dev.dailies.contracts.event.RenderFailed;
import dev.dailies.contracts.event.RenderParked;
import dev.dailies.contracts.event.RenderProgressed;
import dev.dailies.contracts.event.RenderReleased;
import dev.dailies.contracts.event.RenderSubmitted;
import dev.dailies.contracts.event.WithheldOutput;
import dev.dailies.messaging.EventContext;
import dev.dailies.messaging.Subscription;
import dev.dailies.prompt.PromptSteps;
import dev.dailies.prompt.generation.RenderNews.Detail;
import java.util.Optional;

/** Takes in what render-workers tell. */
final class RenderEvents {
  private final GenerationStore generations;
  private final RenderStore renders;
  private final SettleGeneration settle;
  private final Feed feed;
  private final GenerationCounts counts;

  RenderEvents(
      GenerationStore generations,
      RenderStore renders,
      SettleGeneration settle,
      Feed feed,
      GenerationCounts counts) {
    this.generations = generations;
    this.renders = renders;
    this.settle = settle;
    this.feed = feed;
    this.counts = counts;
  }

  Subscription subscription() {
    return Subscription.named("renders")
        .on(RenderClaimed.class, this::claimed)
        .on(RenderSubmitted.class, this::submitted)
        .on(RenderProgressed.class, this::progressed)
        .on(RenderParked.class, this::parked)
        .on(RenderReleased.class, this::released)
        .on(RenderFailed.class, this::failed)
        .on(RenderCancelled.class, this::cancelled)
        .on(RenderCompleted.class, this::completed)
        .build();
  }

  private void claimed(RenderClaimed event, EventContext context) {
    take(
        news(
            event.getEnvelope(),
            event.getGeneration(),
            RenderState.CLAIMED,
            new Detail.Claimed(event.getWorker(), event.getEndpoint())),
        context);
  }

  private void submitted(RenderSubmitted event, EventContext context) {
    take(
        news(
            event.getEnvelope(),
            event.getGeneration(),
            RenderState.SUBMITTED,
            new Detail.Submitted(event.getEndpoint(), event.getVendorId(), event.getOrigin())),
        context);
  }

  private void progressed(RenderProgressed event, EventContext context) {
    take(
        news(
            event.getEnvelope(),
            event.getGeneration(),
            RenderState.SUBMITTED,
            new Detail.Progressed(Math.clamp(event.getPercent(), 0, 100))),
        context);
  }

  private void parked(RenderParked event, EventContext context) {
    take(
        news(
            event.getEnvelope(),
            event.getGeneration(),
            RenderState.PARKED,
            new Detail.Parked(event.getEndpoint(), event.getReason())),
        context);
  }

  private void released(RenderReleased event, EventContext context) {
    take(
        news(
            event.getEnvelope(),
            event.getGeneration(),
            RenderState.RELEASED,
            new Detail.Ended(
                Optional.empty(),
                Optional.empty(),
                event.getCounts(),
                Optional.of(
                    new FailureFacts(
                        FailureKind.TRANSIENT,
                        Retry.SAME_ENDPOINT_LATER,
                        Billing.NO,
                        event.getReason(),
                        Optional.empty())),
                event.getNotBefore(),
                Optional.empty())),
        context);
  }

  private void failed(RenderFailed event, EventContext context) {
    take(
        news(
            event.getEnvelope(),
            event.getGeneration(),
            RenderState.FAILED,
            new Detail.Ended(
                event.getEndpoint(),
                event.getVendorId(),
                true,
                Optional.of(FailureFacts.of(event.getFailure())),
                event.getFailure().getNotBefore(),
                event.getCost().map(Spent::of))),
        context);
  }

  private void cancelled(RenderCancelled event, EventContext context) {
    take(
        news(
            event.getEnvelope(),
            event.getGeneration(),
            RenderState.CANCELLED,
            new Detail.Ended(
                Optional.empty(),
                Optional.empty(),
                true,
                Optional.empty(),
                Optional.empty(),
                event.getCost().map(Spent::of))),
        context);
  }

  /** A completed render that brought nothing has failed: with what the endpoint withheld. */
  private void completed(RenderCompleted event, EventContext context) {
    boolean empty = event.getOutputs().isEmpty();
    take(
        news(
            event.getEnvelope(),
            event.getGeneration(),
            empty ? RenderState.FAILED : RenderState.COMPLETED,
            new Detail.Ended(
                Optional.of(event.getEndpoint()),
                Optional.of(event.getVendorId()),
                true,
                empty ? Optional.of(withheld(event)) : Optional.empty(),
                Optional.empty(),
                event.getCost().map(Spent::of))),
        context);
  }

  private static FailureFacts withheld(RenderCompleted event) {
    Optional<WithheldOutput> first = event.getWithheld().stream().findFirst();
    FailureKind kind =
        first
            .map(w -> FailureFacts.named(FailureKind.class, w.getKind(), FailureKind.UNKNOWN))
            .orElse(FailureKind.BAD_OUTPUT);
    return new FailureFacts(
        kind,
        kind.isModeration() ? Retry.NEVER : Retry.OTHER_ENDPOINT,
        Billing.UNKNOWN,
        kind.isModeration() ? "moderation_blocked" : "no_output",
        first.flatMap(WithheldOutput::getVendorCode));
  }

  private static RenderNews news(
      Envelope envelope, String generation, RenderState state, Detail detail) {
    return new RenderNews(
        new RenderId(envelope.getAggregateId()),
        new GenerationId(generation),
        envelope.getSequence(),
        state,
        envelope.getOccurredAt(),
        detail);
  }

  private void take(RenderNews news, EventContext context) {
    Optional<Generation> generation = generations.lock(news.generation());
    Optional<RenderChange> change = generation.flatMap(known -> renders.note(news));
    if (generation.isEmpty() || change.isEmpty()) {
      counts.unknownSubject();
      return;
    }
    RenderChange made = change.get();
    made.kind(news).ifPresent(kind -> feed.tell(news.generation(), kind, made.facts(news)));
    settle.settle(generation.get(), context.id());
    PromptSteps.RESULT_BEFORE_COMMIT.reach();
  }
}
