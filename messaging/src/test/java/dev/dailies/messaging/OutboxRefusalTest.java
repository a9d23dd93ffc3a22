package dev.dailies.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dailies.contracts.GenerationId;
import dev.dailies.testkit.TestBroker;
import dev.dailies.testkit.TestDatabase;
import dev.dailies.testkit.TestTopics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A record that the broker does not take holds up what comes after it under its key, no more. */
class OutboxRefusalTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String TOPIC = "outbox-refusal-test";

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private JdbcClient jdbc;
  private KafkaProducer<byte[], byte[]> producer;
  private OutboxRelay relay;

  @BeforeEach
  void start() throws Exception {
    TestDatabase database = TestDatabase.fresh("outbox_refusal");
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(database.jdbcUrl());
    dataSource.setUser(database.user());
    dataSource.setPassword(database.password());
    jdbc = JdbcClient.create(dataSource);
    jdbc.sql(schema()).update();
    String bootstrap = TestBroker.shared().bootstrapServers();
    TestTopics.shared().create(TOPIC, 3);
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                1000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Integer.MAX_VALUE),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    relay =
        new OutboxRelay(
            dataSource,
            producer,
            () -> true,
            Duration.ofMillis(100),
            Duration.ofSeconds(3),
            meters);
  }

  @AfterEach
  void stop() {
    relay.close();
    producer.close(Duration.ZERO);
  }

  @Test
  void others_are_sent_once_and_its_own_key_waits() {
    String poisoned = GenerationId.mint().value();
    List<String> others = new ArrayList<>();
    put(TOPIC, poisoned, "1");
    put(TOPIC, poisoned, "x".repeat(2_000_000));
    put(TOPIC, poisoned, "3");
    // More than a relay sends at once.
    for (int i = 0; i < 1200; i++) {
      others.add(GenerationId.mint().value());
    }
    jdbc.sql(
            """
            insert into outbox (shard, topic, key, payload, headers)
            select abs(hashtext(key)) % 8, ?, key, convert_to(key, 'UTF8'), '{}'
            from unnest(cast(? as text[])) as key
            """)
        .params(TOPIC, others.toArray(String[]::new))
        .update();
    relay.start();

    await().atMost(SOON).until(() -> waiting() == 2);
    await()
        .atMost(SOON)
        .until(() -> meters.counter(MessagingMeters.OUTBOX_FAILURES.getName()).count() >= 3);
    List<String> sent = sent(others);
    assertThat(sent).as("each of the others once").hasSize(others.size());
    assertThat(sent(List.of(poisoned))).containsOnly("1");

    jdbc.sql("delete from outbox where length(payload) > 1000000").update();
    await().atMost(SOON).until(() -> waiting() == 0);
    assertThat(sent(List.of(poisoned))).containsExactly("1", "3");
  }

  @Test
  void a_topic_that_is_not_there_holds_up_no_other() {
    put("render.jobs.nowhere.v1", GenerationId.mint().value(), "a");
    put("render.jobs.nowhere.v1", GenerationId.mint().value(), "b");
    String other = GenerationId.mint().value();
    put(TOPIC, other, "of another topic");
    relay.start();

    await().atMost(SOON).until(() -> waiting() == 2);
    assertThat(sent(List.of(other))).containsExactly("of another topic");
  }

  private long waiting() {
    return jdbc.sql("select count(*) from outbox").query(Long.class).single();
  }

  private void put(String topic, String key, String payload) {
    jdbc.sql("insert into outbox (shard, topic, key, payload, headers) values (?, ?, ?, ?, '{}')")
        .params(JdbcOutbox.shardOf(key), topic, key, payload.getBytes(StandardCharsets.UTF_8))
        .update();
  }

  /** Payloads of what stands in the topic under these keys. */
  private static List<String> sent(Collection<String> wanted) {
    Set<String> keys = Set.copyOf(wanted);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", TestBroker.shared().bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(TOPIC).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<String> payloads = new ArrayList<>();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(record -> {
              if (keys.contains(new String(record.key(), StandardCharsets.UTF_8))) {
                payloads.add(new String(record.value(), StandardCharsets.UTF_8));
              }
            });
      }
      return payloads;
    }
  }

  private static String schema() throws IOException {
    try (var in =
        OutboxRefusalTest.class.getResourceAsStream("/db/messaging/V0_1__messaging.sql")) {
      return new String(
          java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
