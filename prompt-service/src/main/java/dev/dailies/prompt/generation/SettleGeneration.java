package dev.dailies.prompt.generation;

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
import java.util.List;
import java.util.Optional;

/** Brings a generation to where the facts say it must be, and tells of it. */
public final class SettleGeneration {
  private final Course course;
  private final GenerationStore generations;
  private final RenderStore renders;
  private final AssetFacts assets;
  private final Outbox outbox;
  private final Transactions transactions;
  private final WorkSignal work;
  private final GenerationCounts counts;

  public SettleGeneration(
      Course course,
      GenerationStore generations,
      RenderStore renders,
      AssetFacts assets,
      Outbox outbox,
      Transactions transactions,
      WorkSignal work,
      GenerationCounts counts) {
    this.course = course;
    this.generations = generations;
    this.renders = renders;
    this.assets = assets;
    this.outbox = outbox;
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
      case Step.Again again -> generations.waitAgain(locked, again);
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
        attempts.stream()
            .filter(render -> !render.state().decided() && !render.id().equals(complete.render()))
            .forEach(render -> orderCancel(locked, render.id(), Optional.empty()));
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
      }
      case Step.Cancel(Optional<Spent> billed, Instant at) -> cancelled(locked, origin, billed, at);
    }
    if (attempts.stream().allMatch(render -> render.state().decided())) {
      // A decided render frees a place, whatever became of its generation.
      transactions.afterCommit(() -> work.changed(locked.pool()));
    }
  }

  /** Ends a locked generation that never came to an attempt. */
  public void fail(Generation locked, FailureFacts failure, Instant at, Optional<String> cause) {
    failed(locked, origin(locked, cause), failure, renders.of(locked.id()).size(), at);
  }

  private void failed(
      Generation locked, EventOrigin origin, FailureFacts failure, int made, Instant at) {
    end(locked, Ending.without(GenerationState.FAILED, at, Optional.of(failure)));
    outbox.publish(
        origin,
        envelope ->
            GenerationFailed.newBuilder()
                .setEnvelope(envelope)
                .setFailure(failure.toEvent(Optional.empty()))
                .setAttempts(made)
                .build());
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

  private static EventOrigin origin(Generation generation, Optional<String> cause) {
    EventOrigin about =
        EventOrigin.of("generation", generation.id().value(), generation.workspace().value());
    return cause.map(about::causedBy).orElse(about);
  }
}
