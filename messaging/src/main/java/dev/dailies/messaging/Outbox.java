package dev.dailies.messaging;

import dev.dailies.contracts.Topic;
import dev.dailies.contracts.event.Envelope;
import dev.dailies.contracts.event.RenderJob;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * The only way to publish. What is appended stands in the service's own database and is sent after
 * the transaction has been committed, at least once and in order per key; a repeat carries the same
 * {@code ce_id}. Every method must be called inside a transaction and throws {@link
 * IllegalStateException} otherwise.
 */
public interface Outbox {
  /**
   * Appends one event of a log topic.
   *
   * @param event makes the event from its envelope, which carries the next sequence number
   * @return the event's {@code ce_id}, to name as the cause of what follows
   */
  String publish(EventOrigin origin, Function<Envelope, ? extends SpecificRecord> event);

  /** Appends the newest state of a key of a compacted topic. */
  void state(String key, String workspace, SpecificRecord state);

  /** Removes a key from a compacted topic. */
  void tombstone(Topic topic, String key, String workspace);

  /** Appends a work item for its pool; handing the same job out again is harmless. */
  void job(RenderJob job);
}
