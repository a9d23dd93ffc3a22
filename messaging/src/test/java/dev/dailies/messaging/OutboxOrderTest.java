package dev.dailies.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.dailies.contracts.Checkpoint;
import dev.dailies.contracts.EventCodec;
import dev.dailies.contracts.EventCodec.Decoded;
import dev.dailies.contracts.EventHeaders;
import dev.dailies.contracts.EventSchemas;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.Topic;
import dev.dailies.contracts.event.GenerationErased;
import dev.dailies.testkit.TestBroker;
import dev.dailies.testkit.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Three relays on one outbox, of which one is killed, or hangs, between two writes. */
class OutboxOrderTest {
  private static final int KEYS = 40;
  private static final int EVENTS_PER_KEY = 50;
  private static final long SEED = 20261124;

  @TempDir Path checkpoints;
  private final List<Process> relays = new ArrayList<>();

  @AfterEach
  void endRelays() {
    relays.forEach(Process::destroyForcibly);
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "STOP"})
  void orderPerKeyHoldsAndNothingIsLostWhenOneOfThreeRelays(String signal) throws Exception {
    TestDatabase database = TestDatabase.fresh("outbox_order");
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(database.jdbcUrl());
    pool.setUsername(database.user());
    pool.setPassword(database.password());
    try (HikariDataSource dataSource = new HikariDataSource(pool)) {
      orderHolds(signal, database, dataSource);
    }
  }

  private void orderHolds(String signal, TestDatabase database, HikariDataSource dataSource)
      throws Exception {
    String bootstrap = TestBroker.shared().bootstrapServers();
    JdbcClient jdbc = JdbcClient.create(dataSource);
    jdbc.sql(schema()).update();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
      new KafkaTopics((short) -1, List.of("local")).ensure(admin);
    }
    List<String> keys =
        IntStream.range(0, KEYS).mapToObj(i -> GenerationId.mint().value()).toList();
    Path armed = checkpoints.resolve(OutboxRelay.SENT_BEFORE_DELETED + ".armed");
    Files.createFile(armed);
    IntStream.range(0, 3).forEach(i -> relays.add(relay(database, bootstrap)));

    write(jdbc, new TransactionTemplate(new JdbcTransactionManager(dataSource)), keys);

    Path hit = checkpoints.resolve(OutboxRelay.SENT_BEFORE_DELETED + ".hit");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Files.exists(hit) && !Files.readString(hit).isEmpty());
    long parked = Long.parseLong(Files.readString(hit));
    new ProcessBuilder("kill", "-" + signal, Long.toString(parked)).start().waitFor();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> jdbc.sql("select count(*) from outbox").query(Long.class).single() == 0);

    List<ConsumerRecord<byte[], byte[]>> records =
        read(bootstrap).stream()
            .filter(r -> keys.contains(new String(r.key(), StandardCharsets.UTF_8)))
            .toList();
    assertThat(records.size())
        .as("repeats by the relay that was caught")
        .isGreaterThan(KEYS * EVENTS_PER_KEY);
    assertOrderAndIds(records, keys);
  }

  private Process relay(TestDatabase database, String bootstrap) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(
              ProcessHandle.current().info().command().orElseThrow(),
              "-XX:TieredStopAtLevel=1",
              "-XX:+UseSerialGC",
              "-cp",
              System.getProperty("java.class.path"),
              RelayProcess.class.getName(),
              bootstrap,
              database.jdbcUrl(),
              database.user(),
              database.password());
      builder.environment().put(Checkpoint.FOLDER_VARIABLE, checkpoints.toString());
      return builder
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void write(JdbcClient jdbc, TransactionTemplate transactions, List<String> keys)
      throws InterruptedException {
    JdbcOutbox outbox =
        new JdbcOutbox(
            jdbc,
            "prompt-service",
            new TraceParent(() -> null, () -> null),
            () -> {},
            Clock.systemUTC());
    List<String> work =
        new ArrayList<>(
            keys.stream().flatMap(k -> Stream.generate(() -> k).limit(EVENTS_PER_KEY)).toList());
    java.util.Collections.shuffle(work, new Random(SEED));
    try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
      for (String key : work) {
        writers.execute(() ->
            transactions.executeWithoutResult(status ->
                outbox.publish(
                    EventOrigin.of("generation", key, "local"),
                    envelope -> new GenerationErased(envelope))));
      }
    }
  }

  private static void assertOrderAndIds(
      List<ConsumerRecord<byte[], byte[]>> records, List<String> keys) {
    EventCodec codec = new EventCodec(new EventSchemas());
    Map<String, Long> highest = new HashMap<>();
    Map<String, String> ids = new HashMap<>();
    Set<String> distinct = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      String key = new String(record.key(), StandardCharsets.UTF_8);
      Decoded.Known known = (Decoded.Known) codec.decode(record.value());
      long sequence = ((GenerationErased) known.value()).getEnvelope().getSequence();
      String id =
          new String(record.headers().lastHeader(EventHeaders.ID).value(), StandardCharsets.UTF_8);
      String before = ids.putIfAbsent(key + "/" + sequence, id);
      assertThat(before).as("a repeat has the id of the first").isIn(null, id);
      long high = highest.getOrDefault(key, 0L);
      assertThat(sequence).as("after %d of %s", high, key).isLessThanOrEqualTo(high + 1);
      highest.put(key, Math.max(high, sequence));
      distinct.add(id);
    }
    assertThat(highest.keySet()).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(highest.values()).containsOnly((long) EVENTS_PER_KEY);
    assertThat(distinct).hasSize(KEYS * EVENTS_PER_KEY);
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(String bootstrap) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topic.GENERATION_EVENTS.topicName()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }

  private static String schema() throws IOException {
    try (var in = OutboxOrderTest.class.getResourceAsStream("/db/messaging/V0_1__messaging.sql")) {
      return new String(
          java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
