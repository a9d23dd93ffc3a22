package dev.dailies.prompt.reference;

import dev.dailies.contracts.FailureKind;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Envelope;
import dev.dailies.contracts.event.ReferenceReady;
import dev.dailies.contracts.event.ReferenceRejected;
import dev.dailies.contracts.event.ReferenceRemoved;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.messaging.Subscription;
import dev.dailies.prompt.audit.AuditElsewhere;
import dev.dailies.prompt.generation.FailureFacts;
import dev.dailies.prompt.generation.Feed;
import dev.dailies.prompt.generation.FeedKind;
import dev.dailies.prompt.generation.Generation;
import dev.dailies.prompt.generation.GenerationState;
import dev.dailies.prompt.generation.GenerationStore;
import dev.dailies.prompt.generation.SettleGeneration;
import dev.dailies.prompt.generation.Transactions;
import dev.dailies.prompt.generation.WorkSignal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lifts the hold of what has its references, and fails what will never have them. */
final class AwaitReferences {
  private static final Logger log = LoggerFactory.getLogger(AwaitReferences.class);
  private static final int BATCH = 64;

  private final References references;
  private final GenerationStore generations;
  private final SettleGeneration settle;
  private final Feed feed;
  private final Transactions transactions;
  private final WorkSignal work;
  private final Duration patience;
  private final Clock clock;
  private final AuditElsewhere audit;

  AwaitReferences(
      References references,
      GenerationStore generations,
      SettleGeneration settle,
      Feed feed,
      Transactions transactions,
      WorkSignal work,
      Duration patience,
      Clock clock,
      AuditElsewhere audit) {
    this.references = references;
    this.generations = generations;
    this.settle = settle;
    this.feed = feed;
    this.transactions = transactions;
    this.work = work;
    this.patience = patience;
    this.clock = clock;
    this.audit = audit;
  }

  Subscription subscription() {
    return Subscription.named("references")
        .on(
            ReferenceReady.class,
            (event, context) ->
                told(
                    "reference.uploaded",
                    event.getEnvelope(),
                    event.getReference(),
                    "READY",
                    Optional.of(event.getObject()),
                    event.getContentType(),
                    context.id()))
        .on(
            ReferenceRejected.class,
            (event, context) ->
                gone("reference.rejected", event.getEnvelope(), event.getReference(), "REJECTED"))
        .on(
            ReferenceRemoved.class,
            (event, context) ->
                gone("reference.removed", event.getEnvelope(), event.getReference(), "REMOVED"))
        .build();
  }

  private void gone(String action, Envelope envelope, String reference, String state) {
    told(action, envelope, reference, state, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private void told(
      String action,
      Envelope envelope,
      String reference,
      String state,
      Optional<StoredObject> object,
      Optional<String> contentType,
      Optional<String> cause) {
    audit.told(envelope, action, reference);
    WorkspaceId workspace = new WorkspaceId(envelope.getWorkspace());
    ReferenceId id = new ReferenceId(reference);
    references.told(workspace, id, state, envelope.getSequence(), object, contentType);
    references.waitingFor(workspace, id).forEach(generation -> decide(generation, cause));
  }

  /** Decides what no event decided: what was never heard of, or was told before it was needed. */
  void look() {
    for (GenerationId generation : references.decidable(patience, BATCH)) {
      try {
        transactions.within(() -> {
          decide(generation, Optional.empty());
          return generation;
        });
      } catch (RuntimeException e) {
        // One that can't be decided must not keep the others waiting.
        log.warn("Whether {} has its references can't be decided now", generation, e);
        references.postpone(generation);
      }
    }
  }

  private void decide(GenerationId id, Optional<String> cause) {
    Optional<Generation> locked = generations.lock(id);
    if (locked.isEmpty() || locked.get().state() != GenerationState.WAITING) {
      references.settled(id);
      return;
    }
    Generation generation = locked.get();
    switch (references.prospect(id, patience)) {
      case WAIT -> {}
      case READY -> {
        references.lift(id);
        feed.tell(
            id, FeedKind.GENERATION_HOLD_LIFTED, Map.of("holds", List.of(ReferenceHolds.HOLD)));
        transactions.afterCommit(() -> work.changed(generation.pool()));
      }
      case REJECTED -> fail(generation, "reference_rejected", cause);
      case UNAVAILABLE -> fail(generation, "source_unavailable", cause);
    }
  }

  private void fail(Generation generation, String code, Optional<String> cause) {
    references.settled(generation.id());
    settle.fail(
        generation, FailureFacts.ours(FailureKind.INVALID_INPUT, code), cause, clock.instant());
  }
}
