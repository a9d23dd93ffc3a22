package dev.dailies.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dailies.contracts.EventCodec;
import dev.dailies.contracts.EventHeaders;
import dev.dailies.contracts.EventSchemas;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.Topic;
import dev.dailies.contracts.event.GenerationErased;
import dev.dailies.testkit.TestBroker;
import dev.dailies.testkit.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a consumer makes of good, repeated, late, missing, newer, unknown and poisoned records. */
class SubscriptionTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static ConfigurableApplicationContext service;
  private static KafkaProducer<byte[], byte[]> producer;
  private static Seen seen;

  @BeforeAll
  static void start() {
    TestDatabase database = TestDatabase.fresh("subscription");
    service = start(database, TestBroker.shared().bootstrapServers());
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", TestBroker.shared().bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    seen = service.getBean(Seen.class);
    await().atMost(SOON).until(() -> service.getBean(KafkaBackbone.class).announced());
  }

  static ConfigurableApplicationContext start(TestDatabase database, String bootstrap) {
    return new SpringApplication(Service.class)
        .run(
            "--spring.main.web-application-type=none",
            "--spring.datasource.url=" + database.jdbcUrl(),
            "--spring.datasource.username=" + database.user(),
            "--spring.datasource.password=" + database.password(),
            "--spring.flyway.locations=classpath:db/messaging",
            "--spring.kafka.bootstrap-servers=" + bootstrap,
            "--dailies.messaging.producer=tester",
            "--dailies.messaging.schema-wait=4s");
  }

  @AfterAll
  static void stop() {
    producer.close();
    service.close();
  }

  @Test
  void badBetweenTwoGoodOnesIsParkedWithItsHeadersAndTheNextIsTaken() {
    String generation = GenerationId.mint().value();
    send(generation, EventCodec.encode(erased(generation, 1)), headersOf(generation, 1));
    send(
        generation,
        "not avro".getBytes(StandardCharsets.UTF_8),
        Map.of(EventHeaders.ID, "poison-" + generation));
    send(generation, EventCodec.encode(erased(generation, 2)), headersOf(generation, 2));

    await().atMost(SOON).until(() -> seen.of(generation).equals(List.of(1L, 2L)));
    ConsumerRecord<byte[], byte[]> parked = awaitParked("poison-" + generation);
    assertThat(header(parked, KafkaSubscriptions.PARKED_REASON)).hasValue("malformed");
    assertThat(parked.value()).isEqualTo("not avro".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aRepeatIsSkippedAndALateEventIsStillTaken() {
    String generation = GenerationId.mint().value();
    double gaps = counter(MessagingMeters.GAPS);
    for (long sequence : new long[] {1, 1, 3, 3, 2, 2, 4}) {
      send(
          generation,
          EventCodec.encode(erased(generation, sequence)),
          headersOf(generation, sequence));
    }

    await().atMost(SOON).until(() -> seen.of(generation).equals(List.of(1L, 3L, 2L, 4L)));
    assertThat(counter(MessagingMeters.GAPS))
        .as("the gap before 3 was reported")
        .isEqualTo(gaps + 1);
  }

  @Test
  void aNewerProducersEventWaitsForItsSchemaAndIsThenRead() {
    String generation = GenerationId.mint().value();
    Schema newer = NewerSchema.of(GenerationErased.getClassSchema());
    send(generation, NewerSchema.encode(newer, erased(generation, 1)), headersOf(generation, 1));
    send(generation, EventCodec.encode(erased(generation, 2)), headersOf(generation, 2));
    await()
        .atMost(SOON)
        .until(() -> counter(MessagingMeters.SCHEMA_WAITS) > 0 && seen.of(generation).isEmpty());

    producer.send(
        new ProducerRecord<>(
            Topic.SCHEMAS.topicName(),
            "%016x".formatted(EventSchemas.fingerprint(newer)).getBytes(StandardCharsets.UTF_8),
            newer.toString().getBytes(StandardCharsets.UTF_8)));

    await().atMost(SOON).until(() -> seen.of(generation).equals(List.of(1L, 2L)));
  }

  @Test
  void anEventWhoseSchemaNeverComesIsParkedAsSuch() {
    String generation = GenerationId.mint().value();
    Schema never = NewerSchema.of(NewerSchema.of(GenerationErased.getClassSchema()), "colour");
    Map<String, String> headers = headersOf(generation, 1);
    send(generation, NewerSchema.encode(never, erased(generation, 1)), headers);

    ConsumerRecord<byte[], byte[]> parked = awaitParked(idOf(headers));
    assertThat(header(parked, KafkaSubscriptions.PARKED_REASON)).hasValue("schema-unknown");
  }

  @Test
  void aPassingFaultIsRetriedUntilItPassesAndALastingOneIsParked() {
    String passing = GenerationId.mint().value();
    String lasting = GenerationId.mint().value();
    seen.failPassing(passing, 5);
    seen.failLasting(lasting);
    Map<String, String> lastingHeaders = headersOf(lasting, 1);
    send(lasting, EventCodec.encode(erased(lasting, 1)), lastingHeaders);
    send(passing, EventCodec.encode(erased(passing, 1)), headersOf(passing, 1));

    await().atMost(SOON).until(() -> seen.of(passing).equals(List.of(1L)));
    assertThat(header(awaitParked(idOf(lastingHeaders)), KafkaSubscriptions.PARKED_REASON))
        .hasValue("handler-failed");
    assertThat(seen.of(lasting)).isEmpty();
  }

  @Test
  void aSchemaThatNeverComesIsWaitedForOnce() {
    Schema never = NewerSchema.of(NewerSchema.of(GenerationErased.getClassSchema()), "scent");
    String last = GenerationId.mint().value();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String generation = GenerationId.mint().value();
      Map<String, String> headers = headersOf(generation, 1);
      ids.add(idOf(headers));
      send(last, NewerSchema.encode(never, erased(generation, 1)), headers);
    }
    send(last, EventCodec.encode(erased(last, 1)), headersOf(last, 1));

    await().atMost(SOON).until(() -> seen.of(last).equals(List.of(1L)));
    assertThat(header(awaitParked(ids.getLast()), KafkaSubscriptions.PARKED_REASON))
        .hasValue("schema-unknown");
  }

  @Test
  void whatIsNoSchemaDoesNotEndTheLearningOfSchemas() {
    for (String nonsense :
        List.of(
            "not json",
            "{\"type\":\"record\",\"name\":\"dailies.X\",\"fields\":[{\"name\":\"a\",\"type\":\"int\",\"default\":\"x\"}]}",
            "{\"type\":\"record\",\"name\":\"dailies.Y\"}",
            "{\"type\":\"array\"}",
            "[".repeat(100_000),
            "{\"type\":\"array\",\"items\":".repeat(20_000))) {
      producer.send(
          new ProducerRecord<>(
              Topic.SCHEMAS.topicName(),
              "0123456789abcdef".getBytes(StandardCharsets.UTF_8),
              nonsense.getBytes(StandardCharsets.UTF_8)));
    }
    String generation = GenerationId.mint().value();
    Schema newer = NewerSchema.of(GenerationErased.getClassSchema(), "weather");
    producer.send(
        new ProducerRecord<>(
            Topic.SCHEMAS.topicName(),
            "any key".getBytes(StandardCharsets.UTF_8),
            newer.toString().getBytes(StandardCharsets.UTF_8)));
    send(generation, NewerSchema.encode(newer, erased(generation, 1)), headersOf(generation, 1));

    await().atMost(SOON).until(() -> seen.of(generation).equals(List.of(1L)));
  }

  @Test
  void aHandlerThatFailsWithAnErrorDoesNotEndTheSubscription() {
    String broken = GenerationId.mint().value();
    String next = GenerationId.mint().value();
    seen.overflow(broken);
    Map<String, String> headers = headersOf(broken, 1);
    send(next, EventCodec.encode(erased(broken, 1)), headers);
    send(next, EventCodec.encode(erased(next, 1)), headersOf(next, 1));

    await().atMost(SOON).until(() -> seen.of(next).equals(List.of(1L)));
    assertThat(header(awaitParked(idOf(headers)), KafkaSubscriptions.PARKED_REASON))
        .hasValue("handler-failed");
  }

  @Test
  void whatIsPublishedInARolledBackTransactionIsNeverSent() {
    Outbox outbox = service.getBean(Outbox.class);
    TransactionTemplate transactions =
        new TransactionTemplate(service.getBean(PlatformTransactionManager.class));
    String generation = GenerationId.mint().value();
    EventOrigin origin = EventOrigin.of("generation", generation, "local");
    transactions.executeWithoutResult(status -> {
      outbox.publish(origin, GenerationErased::new);
      status.setRollbackOnly();
    });
    transactions.executeWithoutResult(status -> outbox.publish(origin, GenerationErased::new));
    transactions.executeWithoutResult(status -> outbox.publish(origin, GenerationErased::new));

    await().atMost(SOON).until(() -> seen.of(generation).equals(List.of(1L, 2L)));
  }

  private static GenerationErased erased(String generation, long sequence) {
    return NewerSchema.erased(generation, sequence);
  }

  private static Map<String, String> headersOf(String generation, long sequence) {
    return EventHeaders.of("prompt-service", erased(generation, sequence)).asMap();
  }

  private static String idOf(Map<String, String> headers) {
    return java.util.Objects.requireNonNull(headers.get(EventHeaders.ID));
  }

  private static void send(String key, byte[] value, Map<String, String> headers) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            Topic.GENERATION_EVENTS.topicName(), key.getBytes(StandardCharsets.UTF_8), value);
    headers.forEach((n, v) -> record.headers().add(n, v.getBytes(StandardCharsets.UTF_8)));
    producer.send(record);
  }

  private static ConsumerRecord<byte[], byte[]> awaitParked(String id) {
    TopicPartition parked =
        new TopicPartition(Topic.deadLetter(Topic.GENERATION_EVENTS.topicName()), 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", TestBroker.shared().bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(parked));
      consumer.seekToBeginning(List.of(parked));
      List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
      await()
          .atMost(SOON)
          .until(() -> {
            consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            return found.stream().anyMatch(r -> header(r, EventHeaders.ID).equals(Optional.of(id)));
          });
      return found.stream()
          .filter(r -> header(r, EventHeaders.ID).equals(Optional.of(id)))
          .findFirst()
          .orElseThrow();
    }
  }

  private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
    return Optional.ofNullable(record.headers().lastHeader(name))
        .map(h -> new String(h.value(), StandardCharsets.UTF_8));
  }

  private static double counter(MessagingMeters meter) {
    return service.getBean(MeterRegistry.class).find(meter.getName()).counters().stream()
        .mapToDouble(io.micrometer.core.instrument.Counter::count)
        .sum();
  }

  /** What the handler was given, and how it is to fail. */
  static final class Seen {
    private final Map<String, List<Long>> sequences =
        new java.util.concurrent.ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> passing =
        new java.util.concurrent.ConcurrentHashMap<>();
    private final List<String> overflowing = new CopyOnWriteArrayList<>();
    private final List<String> lasting = new CopyOnWriteArrayList<>();

    void failPassing(String generation, int times) {
      passing.put(generation, new AtomicInteger(times));
    }

    void failLasting(String generation) {
      lasting.add(generation);
    }

    void overflow(String generation) {
      overflowing.add(generation);
    }

    List<Long> of(String generation) {
      return sequences.getOrDefault(generation, List.of());
    }

    void take(GenerationErased event, EventContext context) {
      String generation = event.getEnvelope().getAggregateId();
      AtomicInteger left = passing.get(generation);
      if (left != null && left.getAndDecrement() > 0) {
        throw new TransientDataAccessResourceException("for now");
      }
      if (overflowing.contains(generation)) {
        throw new StackOverflowError();
      }
      if (lasting.contains(generation)) {
        throw new IllegalStateException("for ever");
      }
      sequences
          .computeIfAbsent(generation, g -> new CopyOnWriteArrayList<>())
          .add(event.getEnvelope().getSequence());
    }
  }

  @SpringBootApplication
  static class Service {
    @Bean
    Seen seen() {
      return new Seen();
    }

    @Bean
    Subscription erasures(Seen seen) {
      return Subscription.named("erasures").on(GenerationErased.class, seen::take).build();
    }
  }
}
