package dev.dailies.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Reads and writes topics as they are on the wire: a string key, bytes, headers. */
public final class TestTopics {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String bootstrapServers;

  private TestTopics(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** The topics of this JVM's broker. */
  public static TestTopics shared() {
    return at(TestBroker.shared().bootstrapServers());
  }

  /** The topics of the broker at this address. */
  public static TestTopics at(String bootstrapServers) {
    return new TestTopics(bootstrapServers);
  }

  /** Creates the topic; nothing if it is there. */
  public void create(String topic, int partitions) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1))).all().get();
    } catch (ExecutionException failed) {
      if (!(failed.getCause() instanceof TopicExistsException)) {
        throw new IllegalStateException("cannot create " + topic, failed);
      }
    } catch (InterruptedException interrupted) {
      throw interruption(interrupted);
    }
  }

  /** Appends a record and returns when the broker has it; no value is a tombstone. */
  public void record(
      String topic, String key, byte @Nullable [] value, Map<String, String> headers) {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringSerializer(),
            new ByteArraySerializer())) {
      ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
      headers.forEach(
          (name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
      producer.send(record).get();
    } catch (ExecutionException failed) {
      throw new IllegalStateException("cannot write to " + topic, failed);
    } catch (InterruptedException interrupted) {
      throw interruption(interrupted);
    }
  }

  /** Everything that stands in the topic now, from its beginning. */
  public List<ConsumerRecord<String, byte[]>> read(String topic) {
    try (KafkaConsumer<String, byte[]> consumer = consumer(topic)) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!reached(consumer, ends)) {
        if (System.nanoTime() - deadline > 0) {
          throw new AssertionError("could not read " + topic + " to its end");
        }
        consumer.poll(Duration.ofMillis(50)).forEach(records::add);
      }
      return records;
    }
  }

  /** The first record that matches, from the topic's beginning on; at most 30 s. */
  public ConsumerRecord<String, byte[]> await(
      String topic, Predicate<ConsumerRecord<String, byte[]>> matching) {
    List<ConsumerRecord<String, byte[]>> found =
        awaitAll(topic, records -> records.stream().anyMatch(matching), PATIENCE);
    return found.stream().filter(matching).findFirst().orElseThrow();
  }

  /** All records from the topic's beginning, as soon as they together satisfy the condition. */
  public List<ConsumerRecord<String, byte[]>> awaitAll(
      String topic, Predicate<List<ConsumerRecord<String, byte[]>>> enough, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> consumer = consumer(topic)) {
      while (!enough.test(records)) {
        if (System.nanoTime() - deadline > 0) {
          throw new AssertionError(
              "not in time on %s; %d records were there: %s"
                  .formatted(topic, records.size(), summary(records)));
        }
        consumer.poll(Duration.ofMillis(50)).forEach(records::add);
      }
    }
    return records;
  }

  /** A header's text; empty where it is missing. */
  public static String header(ConsumerRecord<?, ?> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static List<String> summary(List<ConsumerRecord<String, byte[]>> records) {
    return records.stream().map(record -> record.key() + " " + header(record, "ce_type")).toList();
  }

  private static boolean reached(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private KafkaConsumer<String, byte[]> consumer(String topic) {
    KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions = partitions(topic);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return consumer;
  }

  /** Waits for the topic: it may be about to be created by the service under test. */
  private List<TopicPartition> partitions(String topic) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      while (true) {
        try {
          return admin.describeTopics(List.of(topic)).allTopicNames().get().values().stream()
              .flatMap(description -> description.partitions().stream())
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
        } catch (ExecutionException failed) {
          boolean missing = failed.getCause() instanceof UnknownTopicOrPartitionException;
          if (!missing || System.nanoTime() - deadline > 0) {
            throw new IllegalStateException("cannot find the topic " + topic, failed);
          }
        }
      }
    } catch (InterruptedException interrupted) {
      throw interruption(interrupted);
    }
  }

  private static IllegalStateException interruption(InterruptedException interrupted) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(interrupted);
  }
}
