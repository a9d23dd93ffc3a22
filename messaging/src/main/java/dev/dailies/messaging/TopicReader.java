package dev.dailies.messaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic from its beginning and stays with it, without a consumer group: every process sees
 * every record. After a fault of the broker it begins again, so the sink must bear repeats.
 */
final class TopicReader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TopicReader.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Map<String, Object> config;
  private final String topic;
  private final Consumer<ConsumerRecord<byte[], byte[]>> sink;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable KafkaConsumer<byte[], byte[]> reading;
  private volatile boolean closed;
  private volatile boolean caughtUp;

  TopicReader(
      Map<String, Object> config, String topic, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    this.config = new HashMap<>(config);
    this.config.keySet().removeAll(List.of(ConsumerConfig.GROUP_ID_CONFIG));
    this.config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    this.config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    this.topic = topic;
    this.sink = sink;
    this.thread = Thread.ofPlatform().daemon().name("read-" + topic).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Whether all that stood in the topic when reading began has been read. */
  boolean caughtUp() {
    return caughtUp;
  }

  private void run() {
    while (!closed) {
      try (KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
        reading = consumer;
        read(consumer);
      } catch (WakeupException | InterruptException stopped) {
        return;
      } catch (RuntimeException e) {
        log.warn("Reading {} begins again: {}", topic, e.toString());
        pause();
      }
    }
  }

  private void read(KafkaConsumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    if (partitions.isEmpty()) {
      pause();
      return;
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (!closed) {
      if (!caughtUp
          && ends.entrySet().stream()
              .allMatch(e -> consumer.position(e.getKey()) >= e.getValue())) {
        caughtUp = true;
      }
      consumer.poll(caughtUp ? POLL : POLL.dividedBy(10)).forEach(sink);
    }
  }

  private void pause() {
    try {
      closing.await(500, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  @Override
  public void close() {
    closed = true;
    closing.countDown();
    KafkaConsumer<byte[], byte[]> consumer = reading;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      if (!thread.join(Duration.ofSeconds(1))) {
        // The sink waits for something, and may do so for ever.
        thread.interrupt();
        thread.join(Duration.ofSeconds(4));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
