package dev.dailies.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {

  private static final String TOPIC = "jobs";
  private static final String GROUP = "workers";

  @Test
  void aKilledBrokerComesBackWithItsRecordsAndAShareGroupIsServedAgain(@TempDir Path data)
      throws Exception {
    try (KafkaBroker broker = KafkaBroker.on(data).start()) {
      createTopic(broker);
      produce(broker, "before the crash");
      try (KafkaShareConsumer<String, String> worker = worker(broker)) {
        ConsumerRecord<String, String> held = takeOne(worker);
        assertThat(held.value()).isEqualTo("before the crash");

        long crashed = broker.pid().orElseThrow();
        broker.kill();
        assertThat(broker.isRunning()).isFalse();
        assertThat(ProcessHandle.of(crashed).filter(ProcessHandle::isAlive)).isEmpty();
        int port = broker.port();
        broker.start();
        assertThat(broker.port()).isEqualTo(port);
        assertThat(broker.pid()).isNotEqualTo(Optional.of(crashed));
      }
      produce(broker, "after the crash");
      try (KafkaShareConsumer<String, String> other = worker(broker)) {
        List<String> delivered = new ArrayList<>();
        await()
            .atMost(Duration.ofSeconds(45))
            .until(() -> {
              other
                  .poll(Duration.ofMillis(200))
                  .forEach(record -> {
                    delivered.add(record.value());
                    other.acknowledge(record, AcknowledgeType.ACCEPT);
                  });
              other.commitSync();
              return delivered.containsAll(List.of("before the crash", "after the crash"));
            });
      }
    }
  }

  @Test
  void aFolderHasOneBrokerAtATimeAndAnotherRunMayUseAnotherPort(@TempDir Path data)
      throws Exception {
    try (KafkaBroker broker = KafkaBroker.on(data).start()) {
      createTopic(broker);
      assertThatThrownBy(() -> KafkaBroker.on(data).start())
          .isInstanceOf(PartFailed.class)
          .hasMessageContaining("in use");
    }
    int port = FreePort.pick();
    try (KafkaBroker again = KafkaBroker.on(data).port(port).start();
        Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
      assertThat(again.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
      assertThat(admin.listTopics().names().get()).contains(TOPIC);
    }
  }

  private static void createTopic(KafkaBroker broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.GROUP, GROUP),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("share.auto.offset.reset", "earliest"),
                          AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  private static void produce(KafkaBroker broker, String value) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(TOPIC, "key", value)).get();
    }
  }

  private static KafkaShareConsumer<String, String> worker(KafkaBroker broker) {
    KafkaShareConsumer<String, String> worker =
        new KafkaShareConsumer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "group.id",
                GROUP,
                "share.acknowledgement.mode",
                "explicit"),
            new StringDeserializer(),
            new StringDeserializer());
    worker.subscribe(List.of(TOPIC));
    return worker;
  }

  private static ConsumerRecord<String, String> takeOne(KafkaShareConsumer<String, String> worker) {
    List<ConsumerRecord<String, String>> taken = new ArrayList<>();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          worker.poll(Duration.ofMillis(200)).forEach(taken::add);
          return !taken.isEmpty();
        });
    return taken.getFirst();
  }
}
