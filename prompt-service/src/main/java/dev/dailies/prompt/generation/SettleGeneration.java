package dev.dailies.prompt.generation;

import dev.dailies.contracts.FailureKind;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.CancelRender;
import dev.dailies.contracts.event.GenerationCancelled;
import dev.dailies.contracts.event.GenerationCompleted;
import dev.dailies.contracts.event.GenerationFailed;
import dev.dailies.contracts.event.GenerationRefused;
import dev.dailies.messaging.EventOrigin;
import dev.dailies.messaging.Outbox;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings a generation to where the facts say it must be, and tells of it. */
public final class SettleGeneration {
  private final Course course;
  private final GenerationStore generations;
  private final RenderStore renders;
  private final AssetFacts assets;
  private final SourceStore sources;
  private final WipeGeneration wipe;
  private final Outbox outbox;
  private final Feed feed;
  private final Transactions transactions;
  private final WorkSignal work;
  private final GenerationCounts counts;

  SettleGeneration(
      Course course,
      GenerationStore generations,
      RenderStore renders,
      AssetFacts assets,
      SourceStore sources,
      WipeGeneration wipe,
      Outbox outbox,
      Feed feed,
      Transactions transactions,
      WorkSignal work,
      GenerationCounts counts) {
    this.course = course;
    this.generations = generations;
    this.renders = renders;
    this.assets = assets;
    this.sources = sources;
    this.wipe = wipe;
    this.outbox = outbox;
    this.feed = feed;
    this.transactions = transactions;
    this.work = work;
    this.counts = counts;
  }

  /**
   * Does what the facts demand.
   *
   * @param locked the generation, locked in the transaction that is open
   * @param cause {@code ce_id} of the event that brought the newest fact
   */
  public void settle(Generation locked, Optional<String> cause) {
    if (locked.state().ended()) {
      return;
    }
    List<Render> attempts = renders.of(locked.id());
    Step step = course.next(locked, attempts, assets.verdicts(locked.id()));
    EventOrigin origin = origin(locked, cause);
    switch (step) {
      case Step.Stay() -> {}
      case Step.Move(GenerationState to) -> {
        if (to != locked.state()) {
          generations.move(locked, to);
        }
      }
      case Step.Again again -> {
        generations.waitAgain(locked, again);
        feed.tell(locked.id(), FeedKind.GENERATION_REQUEUED, facts(again));
      }
      case Step.Complete complete -> {
        end(
            locked,
            new Ending(
                GenerationState.COMPLETED,
                complete.at(),
                Optional.of(complete.render()),
                Optional.of(complete.asset()),
                Optional.empty()));
        outbox.publish(
            origin,
            envelope ->
                GenerationCompleted.newBuilder()
                    .setEnvelope(envelope)
                    .setRender(complete.render().value())
                    .setAsset(complete.asset().value())
                    .setCancelledTooLate(locked.cancelling())
                    .build());
        feed.tell(
            locked.id(),
            FeedKind.GENERATION_COMPLETED,
            Map.of("render", complete.render().value(), "asset", complete.asset().value()));
        attempts.stream()
            .filter(render -> !render.state().decided() && !render.id().equals(complete.render()))
            .forEach(render -> orderCancel(locked, render.id(), Optional.empty()));
        wipe.wipeIfWanted(locked, GenerationState.COMPLETED, complete.at());
      }
      case Step.Fail(FailureFacts failure, int made, Instant at) ->
          failed(locked, origin, failure, made, at);
      case Step.Refuse(FailureFacts failure, Instant at) -> {
        end(locked, Ending.without(GenerationState.REFUSED, at, Optional.of(failure)));
        outbox.publish(
            origin,
            envelope ->
                GenerationRefused.newBuilder()
                    .setEnvelope(envelope)
                    .setFailure(failure.toEvent(Optional.empty()))
                    .build());
        feed.tell(locked.id(), FeedKind.GENERATION_REFUSED, failure.told());
        wipe.wipeIfWanted(locked, GenerationState.REFUSED, at);
      }
      case Step.Cancel(Optional<Spent> billed, Instant at) -> cancelled(locked, origin, billed, at);
    }
    endedAt(step).ifPresent(at -> reconsiderDependents(locked.id(), cause, at));
    if (attempts.stream().allMatch(render -> render.state().decided())) {
      // A decided render frees a place, whatever became of its generation.
      transactions.afterCommit(() -> work.changed(locked.pool()));
    }
  }

  private static Optional<Instant> endedAt(Step step) {
    return switch (step) {
      case Step.Stay stay -> Optional.empty();
      case Step.Move move -> Optional.empty();
      case Step.Again again -> Optional.empty();
      case Step.Complete complete -> Optional.of(complete.at());
      case Step.Fail fail -> Optional.of(fail.at());
      case Step.Refuse refuse -> Optional.of(refuse.at());
      case Step.Cancel cancel -> Optional.of(cancel.at());
    };
  }

  /**
   * Ends one that waits, and will wait for ever.
   *
   * @param locked the generation, locked in the transaction that is open
   */
  public void fail(Generation locked, FailureFacts failure, Optional<String> cause, Instant at) {
    failed(locked, origin(locked, cause), failure, renders.of(locked.id()).size(), at);
    reconsiderDependents(locked.id(), cause, at);
  }

  private void failed(
      Generation locked, EventOrigin origin, FailureFacts failure, int attempts, Instant at) {
    end(locked, Ending.without(GenerationState.FAILED, at, Optional.of(failure)));
    outbox.publish(
        origin,
        envelope ->
            GenerationFailed.newBuilder()
                .setEnvelope(envelope)
                .setFailure(failure.toEvent(Optional.empty()))
                .setAttempts(attempts)
                .build());
    feed.tell(locked.id(), FeedKind.GENERATION_FAILED, failure.told());
    wipe.wipeIfWanted(locked, GenerationState.FAILED, at);
  }

  /**
   * Lets go what waited for this generation, or fails it where the wait is in vain; and so on with
   * what waits for that. Locks run from parents to children, as those of acceptance do.
   */
  void reconsiderDependents(GenerationId parent, Optional<String> cause, Instant at) {
    Deque<GenerationId> changed = new ArrayDeque<>(List.of(parent));
    while (!changed.isEmpty()) {
      for (GenerationId child : sources.waitingFor(changed.pop())) {
        Optional<Generation> waiting =
            generations.lock(child).filter(g -> g.state() == GenerationState.WAITING);
        if (waiting.isPresent() && isLost(waiting.get(), cause, at)) {
          changed.push(child);
        }
      }
    }
  }

  private boolean isLost(Generation waiting, Optional<String> cause, Instant at) {
    switch (sources.standing(waiting.id())) {
      case PENDING -> {
        return false;
      }
      case READY -> {
        if (generations.lift(waiting.id(), Hold.PARENT)) {
          feed.tell(
              waiting.id(), FeedKind.GENERATION_HOLD_LIFTED, Map.of("holds", List.of(Hold.PARENT)));
          transactions.afterCommit(() -> work.changed(waiting.pool()));
        }
        return false;
      }
      case LOST -> {
        failed(
            waiting,
            origin(waiting, cause),
            sourceUnavailable(),
            renders.of(waiting.id()).size(),
            at);
        return true;
      }
    }
    throw new IllegalStateException("no other standing");
  }

  /** Fails whatever still waits to be made of a generation that is gone, also what was let go. */
  void failDependents(GenerationId gone, Optional<String> cause, Instant at) {
    for (GenerationId child : sources.waitingToUse(gone)) {
      generations
          .lock(child)
          .filter(g -> g.state() == GenerationState.WAITING)
          .ifPresent(waiting -> fail(waiting, sourceUnavailable(), cause, at));
    }
  }

  /** What a generation ends with that can't be made of what it was to be made of. */
  public static FailureFacts sourceUnavailable() {
    return FailureFacts.ours(FailureKind.INVALID_INPUT, "source_unavailable");
  }

  /** Ends it as cancelled. */
  void cancelled(Generation locked, EventOrigin origin, Optional<Spent> billed, Instant at) {
    end(locked, Ending.without(GenerationState.CANCELLED, at, Optional.empty()));
    outbox.publish(
        origin,
        envelope ->
            GenerationCancelled.newBuilder()
                .setEnvelope(envelope)
                .setBilled(billed.map(Spent::money).orElse(null))
                .build());
    feed.tell(locked.id(), FeedKind.GENERATION_CANCELLED, Map.of());
    wipe.wipeIfWanted(locked, GenerationState.CANCELLED, at);
  }

  /** Tells every worker of the pool to stop a render. */
  void orderCancel(Generation generation, RenderId render, Optional<Actor> actor) {
    EventOrigin about = EventOrigin.of("render", render.value(), generation.workspace().value());
    outbox.publish(
        actor.map(about::by).orElse(about),
        envelope ->
            CancelRender.newBuilder()
                .setEnvelope(envelope)
                .setPool(generation.pool().value())
                .setRender(render.value())
                .setGeneration(generation.id().value())
                .build());
  }

  private void end(Generation locked, Ending ending) {
    if (!generations.end(locked, ending)) {
      throw new IllegalStateException(locked.id() + " changed under its lock");
    }
    transactions.afterCommit(() -> counts.ended(ending.state()));
  }

  private static Map<String, String> facts(Step.Again again) {
    Map<String, String> facts = new LinkedHashMap<>();
    again
        .hold()
        .ifPresent(hold -> {
          facts.put("hold", hold.name());
          hold.until().ifPresent(time -> facts.put("until", time.toString()));
        });
    return facts;
  }

  private static EventOrigin origin(Generation generation, Optional<String> cause) {
    EventOrigin about =
        EventOrigin.of("generation", generation.id().value(), generation.workspace().value());
    return cause.map(about::causedBy).orElse(about);
  }
}
