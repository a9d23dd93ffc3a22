package dev.dailies.prompt.dispatch;

import dev.dailies.contracts.FailureKind;
import dev.dailies.contracts.GenerationId;
import dev.dailies.prompt.generation.FailureFacts;
import dev.dailies.prompt.generation.GenerationState;
import dev.dailies.prompt.generation.GenerationStore;
import dev.dailies.prompt.generation.SettleGeneration;
import dev.dailies.prompt.generation.Transactions;
import java.time.Clock;
import java.util.Optional;

/** Fails a generation that still waits when it has become useless. */
final class ExpireGeneration {
  private final GenerationStore generations;
  private final SettleGeneration settle;
  private final Transactions transactions;
  private final Clock clock;

  ExpireGeneration(
      GenerationStore generations,
      SettleGeneration settle,
      Transactions transactions,
      Clock clock) {
    this.generations = generations;
    this.settle = settle;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Any process may: the first one to lock it ends it. A deadline never changes. */
  void expire(GenerationId id) {
    transactions.within(() -> {
      generations
          .lock(id)
          .filter(generation -> generation.state() == GenerationState.WAITING)
          .ifPresent(generation ->
              settle.fail(
                  generation,
                  FailureFacts.ours(FailureKind.EXPIRED, "deadline_passed"),
                  Optional.empty(),
                  clock.instant()));
      return id;
    });
  }
}
