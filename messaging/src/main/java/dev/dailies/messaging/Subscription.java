package dev.dailies.messaging;

import dev.dailies.contracts.Topic;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/**
 * A durable consumer of some event types, declared as a bean. Its consumer group is {@code
 * <service>.<name>} and begins with the oldest record.
 *
 * <p>Each record is taken in within one database transaction, together with the note in the inbox
 * that it was. An exact repeat is skipped; a gap in an aggregate's sequence is counted and logged,
 * and the late event is still delivered when it comes. Failures of database, broker or {@link
 * TransientFailure} are retried until they pass; others four times, then the record is parked on
 * the topic's dead-letter topic with its headers, and the next one is taken.
 */
public final class Subscription {
  private final String name;
  private final Handlers handlers;

  private Subscription(String name, Handlers handlers) {
    this.name = name;
    this.handlers = handlers;
  }

  /** Begins a subscription; the name is unique within the service and never changes. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  /** Unique within its service. */
  public String name() {
    return name;
  }

  /** Names of the topics read. */
  public Set<String> topics() {
    return handlers.topics().stream().map(Topic::topicName).collect(Collectors.toSet());
  }

  Handlers handlers() {
    return handlers;
  }

  /** Collects what is subscribed to. */
  public static final class Builder {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private final String name;
    private final Handlers handlers = new Handlers();

    private Builder(String name) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("not a name for a subscription: '" + name + "'");
      }
      this.name = name;
    }

    /** Takes events, or states of a compacted topic, of one type. */
    public <T extends SpecificRecord> Builder on(Class<T> type, EventHandler<T> handler) {
      handlers.add(type, handler);
      return this;
    }

    /** Takes removals from a compacted topic. */
    public Builder onTombstone(Topic topic, TombstoneHandler handler) {
      handlers.addTombstone(topic, handler);
      return this;
    }

    public Subscription build() {
      if (handlers.topics().isEmpty()) {
        throw new IllegalStateException(name + " subscribes to nothing");
      }
      return new Subscription(name, handlers);
    }
  }
}
