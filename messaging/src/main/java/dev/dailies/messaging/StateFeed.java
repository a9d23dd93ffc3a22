package dev.dailies.messaging;

import dev.dailies.contracts.Topic;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A view of a topic in this process's memory, declared as a bean: read from its beginning without a
 * consumer group, for as long as the process lives. For compacted topics (keys, heartbeats) and for
 * control messages that every worker must see.
 *
 * <p>After a fault of the broker reading begins anew, so handlers see records again and compare
 * versions. They run on one thread; a handler that throws is logged and the next record is taken.
 */
public final class StateFeed implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StateFeed.class);

  private final Topic topic;
  private final Handlers handlers;
  private @Nullable TopicReader reader;
  private @Nullable RecordDecoder decoder;

  private StateFeed(Topic topic, Handlers handlers) {
    this.topic = topic;
    this.handlers = handlers;
  }

  /** Begins a view of a topic. */
  public static Builder of(Topic topic) {
    return new Builder(topic);
  }

  /** Whether all that stood in the topic at the start has been taken in. */
  public boolean caughtUp() {
    return reader != null && reader.caughtUp();
  }

  /** The topic that is read. */
  public Topic topic() {
    return topic;
  }

  void start(Map<String, Object> consumerConfig, RecordDecoder with) {
    this.decoder = with;
    this.reader = new TopicReader(consumerConfig, topic.topicName(), this::take);
    reader.start();
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.value() == null) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        EventContext context = RecordDecoder.context(record, Optional.empty());
        handlers.tombstoneHandlerOf(record.topic()).ifPresent(h -> h.on(key, context));
        return;
      }
      Optional<SpecificRecord> value = java.util.Objects.requireNonNull(decoder).decode(record);
      EventContext context = RecordDecoder.context(record, value);
      value.ifPresent(v -> handlers.handlerOf(v).ifPresent(h -> h.on(v, context)));
    } catch (RuntimeException e) {
      log.error("Passed over offset {} of {}", record.offset(), record.topic(), e);
    }
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }

  /** Collects what is wanted from the topic. */
  public static final class Builder {
    private final Topic topic;
    private final Handlers handlers = new Handlers();

    private Builder(Topic topic) {
      this.topic = topic;
    }

    /** Takes records of one type. */
    public <T extends SpecificRecord> Builder on(Class<T> type, EventHandler<T> handler) {
      handlers.add(type, handler);
      return this;
    }

    /** Takes removals. */
    public Builder onTombstone(TombstoneHandler handler) {
      handlers.addTombstone(topic, handler);
      return this;
    }

    public StateFeed build() {
      if (!handlers.topics().equals(java.util.Set.of(topic))) {
        throw new IllegalStateException("handlers must take records of " + topic.topicName());
      }
      return new StateFeed(topic, handlers);
    }
  }
}
