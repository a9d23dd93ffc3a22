package dev.dailies.prompt.generation;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.prompt.PromptSteps;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Erases a generation: its facts stay, its words and media go, everywhere. One that has not ended
 * is cancelled, and erased in the transaction that ends it.
 */
public final class EraseGeneration {
  private final GenerationStore generations;
  private final ErasureStore erasures;
  private final CancelGeneration cancel;
  private final SettleGeneration settle;
  private final WipeGeneration wipe;
  private final Transactions transactions;
  private final Clock clock;

  EraseGeneration(
      GenerationStore generations,
      ErasureStore erasures,
      CancelGeneration cancel,
      SettleGeneration settle,
      WipeGeneration wipe,
      Transactions transactions,
      Clock clock) {
    this.generations = generations;
    this.erasures = erasures;
    this.cancel = cancel;
    this.settle = settle;
    this.wipe = wipe;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** What to do with one that has not ended. */
  public enum Unfinished {
    REFUSE,
    CANCEL
  }

  /** What became of the wish. */
  public enum Outcome {
    /** Its words are gone, now or since earlier. */
    ERASED,
    /** It is being cancelled, and erased when that is done. */
    CANCELLING,
    /** It has not ended, and was left as it is. */
    NOT_ENDED,
    /** There is none, in this workspace. */
    UNKNOWN
  }

  /** Erases. */
  public Outcome erase(GenerationId id, WorkspaceId workspace, Actor actor, Unfinished unfinished) {
    return transactions.within(() -> {
      Outcome outcome =
          generations
              .lock(workspace, id)
              .map(generation -> erase(generation, actor, unfinished))
              .orElse(Outcome.UNKNOWN);
      PromptSteps.ERASE_BEFORE_COMMIT.reach();
      return outcome;
    });
  }

  private Outcome erase(Generation generation, Actor actor, Unfinished unfinished) {
    Instant now = clock.instant();
    if (generation.state().ended()) {
      erasures.ask(generation.id(), actor, now);
      return wipe(generation, generation.state(), actor, now);
    }
    if (unfinished == Unfinished.REFUSE) {
      return Outcome.NOT_ENDED;
    }
    erasures.ask(generation.id(), actor, now);
    return switch (cancel.cancel(generation.id(), generation.workspace(), actor)) {
      case CancelGeneration.Outcome.Cancelled() ->
          wipe(generation, GenerationState.CANCELLED, actor, now);
      case CancelGeneration.Outcome.Cancelling() -> Outcome.CANCELLING;
      case CancelGeneration.Outcome.AlreadyEnded(GenerationState state) ->
          throw new IllegalStateException(generation.id() + " ended under its lock as " + state);
      case CancelGeneration.Outcome.Unknown() ->
          throw new IllegalStateException(generation.id() + " is gone under its lock");
    };
  }

  private Outcome wipe(Generation ended, GenerationState end, Actor actor, Instant now) {
    wipe.wipe(ended, end, actor, now);
    settle.failDependents(ended.id(), Optional.empty(), now);
    return Outcome.ERASED;
  }
}
