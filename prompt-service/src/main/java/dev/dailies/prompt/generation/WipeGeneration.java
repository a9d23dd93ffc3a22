package dev.dailies.prompt.generation;

import dev.dailies.contracts.Topic;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.GenerationErased;
import dev.dailies.messaging.EventOrigin;
import dev.dailies.messaging.Outbox;
import dev.dailies.prompt.audit.Audit;
import dev.dailies.prompt.audit.AuditEntry;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * Takes the words out of a generation that has ended, and tells the other services to do the same:
 * first the event, which is kept, then the tombstone of its specification.
 */
final class WipeGeneration {
  private final ErasureStore erasures;
  private final Outbox outbox;
  private final Audit audit;
  private final Feed feed;

  WipeGeneration(ErasureStore erasures, Outbox outbox, Audit audit, Feed feed) {
    this.erasures = erasures;
    this.outbox = outbox;
    this.audit = audit;
    this.feed = feed;
  }

  /** Does so if it was wished for while the generation was not at its end yet. */
  void wipeIfWanted(Generation locked, GenerationState end, Instant at) {
    // Whoever wants it erased has cancelled it too: others are spared the question.
    if (locked.cancelling()) {
      erasures.wanted(locked.id()).ifPresent(actor -> wipe(locked, end, actor, at));
    }
  }

  /**
   * Does so now; a second time does nothing.
   *
   * @param locked the generation, locked in the transaction that is open
   * @param end the state in which it has ended
   */
  void wipe(Generation locked, GenerationState end, Actor actor, Instant at) {
    if (!erasures.erase(locked.id(), at)) {
      return;
    }
    String id = locked.id().value();
    String workspace = locked.workspace().value();
    audit.record(
        new AuditEntry(
            locked.workspace(),
            actor,
            "generation.erased",
            id,
            Map.of("state", end.name().toLowerCase(Locale.ROOT)),
            Map.of()));
    outbox.publish(
        EventOrigin.of("generation", id, workspace).by(actor),
        envelope -> GenerationErased.newBuilder().setEnvelope(envelope).build());
    outbox.tombstone(Topic.GENERATION_SPECS, id, workspace);
    feed.tell(locked.id(), FeedKind.GENERATION_ERASED, Map.of());
  }
}
