package dev.dailies.messaging;

import dev.dailies.contracts.EventSchemas;
import dev.dailies.contracts.Topic;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/** Which handler takes which type. */
final class Handlers {
  private final Map<Class<? extends SpecificRecord>, EventHandler<SpecificRecord>> byType =
      new LinkedHashMap<>();
  private final Map<String, TombstoneHandler> tombstones = new LinkedHashMap<>();
  private final Set<Topic> topics = new LinkedHashSet<>();

  <T extends SpecificRecord> void add(Class<T> type, EventHandler<T> handler) {
    topics.add(EventSchemas.topicOf(type));
    if (byType.put(type, (event, context) -> handler.on(type.cast(event), context)) != null) {
      throw new IllegalArgumentException(type.getSimpleName() + " has a handler already");
    }
  }

  void addTombstone(Topic topic, TombstoneHandler handler) {
    topics.add(topic);
    tombstones.put(topic.topicName(), handler);
  }

  Set<Topic> topics() {
    return topics;
  }

  Optional<EventHandler<SpecificRecord>> handlerOf(SpecificRecord value) {
    return Optional.ofNullable(byType.get(value.getClass()));
  }

  Optional<TombstoneHandler> tombstoneHandlerOf(String topic) {
    return Optional.ofNullable(tombstones.get(topic));
  }
}
