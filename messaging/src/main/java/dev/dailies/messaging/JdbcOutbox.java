package dev.dailies.messaging;

import dev.dailies.contracts.EventCodec;
import dev.dailies.contracts.EventHeaders;
import dev.dailies.contracts.EventSchemas;
import dev.dailies.contracts.Topic;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.ActorKind;
import dev.dailies.contracts.event.Envelope;
import dev.dailies.contracts.event.RenderJob;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The outbox as a table of the service's own database. */
final class JdbcOutbox implements Outbox {
  /** Shards of the key space; each is sent by one relay at a time. */
  static final int SHARDS = 8;

  private final JdbcClient jdbc;
  private final String producer;
  private final TraceParent trace;
  private final Runnable wake;
  private final Clock clock;

  JdbcOutbox(JdbcClient jdbc, String producer, TraceParent trace, Runnable wake, Clock clock) {
    this.jdbc = jdbc;
    this.producer = producer;
    this.trace = trace;
    this.wake = wake;
    this.clock = clock;
  }

  @Override
  public String publish(EventOrigin origin, Function<Envelope, ? extends SpecificRecord> event) {
    requireTransaction();
    Envelope envelope =
        Envelope.newBuilder()
            .setAggregate(origin.aggregate())
            .setAggregateId(origin.aggregateId())
            .setSequence(nextSequence(origin.aggregate(), origin.aggregateId()))
            .setWorkspace(origin.workspace())
            .setActor(origin.actor().orElseGet(() -> new Actor(ActorKind.COMPONENT, producer)))
            .setCausationId(origin.causationId().orElse(null))
            .setPolicyVersion(origin.policyVersion().orElse(null))
            .setOccurredAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
            .build();
    SpecificRecord value = event.apply(envelope);
    EventHeaders headers = EventHeaders.of(producer, value);
    append(
        EventSchemas.topicOf(value.getClass()).topicName(),
        origin.key(),
        EventCodec.encode(value),
        headers.asMap());
    return headers.id();
  }

  @Override
  public void state(String key, String workspace, SpecificRecord state) {
    requireTransaction();
    Topic topic = EventSchemas.topicOf(state.getClass());
    append(
        topic.topicName(),
        key,
        EventCodec.encode(state),
        plainHeaders(state.getSchema().getFullName(), key, workspace));
  }

  @Override
  public void tombstone(Topic topic, String key, String workspace) {
    requireTransaction();
    append(topic.topicName(), key, null, plainHeaders("tombstone", key, workspace));
  }

  @Override
  public void job(RenderJob job) {
    requireTransaction();
    append(
        Topic.jobs(job.getPool()),
        job.getGeneration(),
        EventCodec.encode(job),
        plainHeaders(job.getSchema().getFullName(), job.getRender(), job.getWorkspace()));
  }

  private Map<String, String> plainHeaders(String type, String subject, String workspace) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(EventHeaders.SPEC_VERSION, "1.0");
    headers.put(EventHeaders.TYPE, type);
    headers.put(EventHeaders.SOURCE, "/" + producer);
    headers.put(EventHeaders.SUBJECT, subject);
    headers.put(EventHeaders.TIME, clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    headers.put(EventHeaders.CONTENT_TYPE, EventHeaders.AVRO);
    headers.put(EventHeaders.WORKSPACE, workspace);
    return headers;
  }

  private long nextSequence(String aggregate, String aggregateId) {
    return jdbc.sql(
            """
            insert into aggregate_sequence as s (aggregate, aggregate_id, last)
            values (:aggregate, :id, 1)
            on conflict (aggregate, aggregate_id) do update set last = s.last + 1
            returning last
            """)
        .param("aggregate", aggregate)
        .param("id", aggregateId)
        .query(Long.class)
        .single();
  }

  private void append(
      String topic, String key, byte @Nullable [] payload, Map<String, String> headers) {
    trace.current().ifPresent(value -> headers.put(EventHeaders.TRACE_PARENT, value));
    List<String> flat = new ArrayList<>(headers.size() * 2);
    headers.forEach((name, value) -> {
      flat.add(name);
      flat.add(value);
    });
    jdbc.sql(
            """
            insert into outbox (shard, topic, key, payload, headers)
            values (:shard, :topic, :key, :payload, :headers)
            """)
        .param("shard", shardOf(key))
        .param("topic", topic)
        .param("key", key)
        .param("payload", payload, java.sql.Types.BINARY)
        .param("headers", flat.toArray(String[]::new))
        .update();
    wakeAfterCommit();
  }

  private void wakeAfterCommit() {
    boolean registered =
        TransactionSynchronizationManager.getSynchronizations().stream()
            .anyMatch(s -> s instanceof WakeUp);
    if (!registered) {
      TransactionSynchronizationManager.registerSynchronization(new WakeUp(wake));
    }
  }

  static int shardOf(String key) {
    return Math.floorMod(key.hashCode(), SHARDS);
  }

  private static void requireTransaction() {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("events are published inside a transaction");
    }
  }

  private record WakeUp(Runnable wake) implements TransactionSynchronization {
    @Override
    public void afterCommit() {
      wake.run();
    }
  }
}
