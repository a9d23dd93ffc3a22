package dev.dailies.prompt.generation;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.GenerationCancelRequested;
import dev.dailies.messaging.EventOrigin;
import dev.dailies.messaging.Outbox;
import dev.dailies.prompt.PromptSteps;
import dev.dailies.prompt.audit.Audit;
import dev.dailies.prompt.audit.AuditEntry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Cancels a generation: at once while it waits; else by an order to the workers, and only their
 * word ends it. What was finished meanwhile is completed, and marked so.
 */
public final class CancelGeneration {
  private final GenerationStore generations;
  private final RenderStore renders;
  private final SettleGeneration settle;
  private final Outbox outbox;
  private final Audit audit;
  private final Feed feed;
  private final Transactions transactions;
  private final Clock clock;

  public CancelGeneration(
      GenerationStore generations,
      RenderStore renders,
      SettleGeneration settle,
      Outbox outbox,
      Audit audit,
      Feed feed,
      Transactions transactions,
      Clock clock) {
    this.generations = generations;
    this.renders = renders;
    this.settle = settle;
    this.outbox = outbox;
    this.audit = audit;
    this.feed = feed;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** What became of the wish. */
  public sealed interface Outcome {
    /** It has ended as cancelled. */
    record Cancelled() implements Outcome {}

    /** A worker has to say the last word. */
    record Cancelling() implements Outcome {}

    /** It had ended before. */
    record AlreadyEnded(GenerationState state) implements Outcome {}

    /** There is none, in this workspace. */
    record Unknown() implements Outcome {}
  }

  /** Cancels. */
  public Outcome cancel(GenerationId id, WorkspaceId workspace, Actor actor) {
    return transactions.within(() -> {
      Outcome outcome =
          generations
              .lock(workspace, id)
              .map(generation -> cancel(generation, actor))
              .orElseGet(Outcome.Unknown::new);
      PromptSteps.CANCEL_BEFORE_COMMIT.reach();
      return outcome;
    });
  }

  private Outcome cancel(Generation generation, Actor actor) {
    if (generation.state().ended()) {
      return new Outcome.AlreadyEnded(generation.state());
    }
    if (generation.cancelling()) {
      return new Outcome.Cancelling();
    }
    Instant now = clock.instant();
    List<Render> attempts = renders.of(generation.id());
    Optional<Render> undecided =
        attempts.stream().filter(render -> !render.state().decided()).findFirst();
    Optional<Render> unsettled =
        attempts.stream().filter(r -> r.attempt() > generation.settledAttempt()).findFirst();
    EventOrigin origin =
        EventOrigin.of("generation", generation.id().value(), generation.workspace().value())
            .by(actor);
    generations.askCancel(generation, now);
    audit.record(
        new AuditEntry(
            generation.workspace(),
            actor,
            "generation.cancelled",
            generation.id().value(),
            Map.of("state", generation.state().name().toLowerCase(Locale.ROOT)),
            Map.of()));
    outbox.publish(
        origin,
        envelope ->
            GenerationCancelRequested.newBuilder()
                .setEnvelope(envelope)
                .setRender(undecided.map(render -> render.id().value()).orElse(null))
                .build());
    feed.tell(generation.id(), FeedKind.GENERATION_CANCEL_REQUESTED, Map.of());
    undecided.ifPresent(render -> settle.orderCancel(generation, render.id(), Optional.of(actor)));
    if (unsettled.isPresent()) {
      // Under way, or finished and being checked: the facts to come decide.
      return new Outcome.Cancelling();
    }
    settle.cancelled(generation, origin, Optional.empty(), now);
    settle.reconsiderDependents(generation.id(), Optional.empty(), now);
    return new Outcome.Cancelled();
  }
}
