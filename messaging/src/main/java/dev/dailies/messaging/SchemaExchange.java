package dev.dailies.messaging;

import dev.dailies.contracts.EventSchemas;
import dev.dailies.contracts.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the others with which schemas this service writes, and learns theirs, through {@code
 * schemas.v1}: JSON, keyed by the fingerprint in hexadecimal. Nothing is sent by the outbox before
 * the schemas of this build are acknowledged there.
 */
final class SchemaExchange implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SchemaExchange.class);

  private final EventSchemas schemas;
  private final TopicReader reader;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Object news = new Object();

  SchemaExchange(EventSchemas schemas, Map<String, Object> consumerConfig) {
    this.schemas = schemas;
    this.reader = new TopicReader(consumerConfig, Topic.SCHEMAS.topicName(), this::learn);
  }

  void start() {
    reader.start();
  }

  /** Publishes what the topic lacks of this build's schemas, and waits for the broker's word. */
  void announce(Producer<byte[], byte[]> producer) throws ExecutionException, InterruptedException {
    for (Class<?> type : EventSchemas.types()) {
      Schema schema = SpecificData.get().getSchema(type);
      String key = keyOf(EventSchemas.fingerprint(schema));
      if (!seen.contains(key)) {
        producer
            .send(
                new ProducerRecord<>(
                    Topic.SCHEMAS.topicName(),
                    key.getBytes(StandardCharsets.UTF_8),
                    schema.toString().getBytes(StandardCharsets.UTF_8)))
            .get();
      }
    }
  }

  boolean caughtUp() {
    return reader.caughtUp();
  }

  /** Waits until the schema is known; false when the time has passed. */
  boolean await(long fingerprint, Duration atMost) throws InterruptedException {
    long until = System.nanoTime() + atMost.toNanos();
    synchronized (news) {
      while (!schemas.knows(fingerprint)) {
        long left = (until - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        news.wait(left);
      }
    }
    return true;
  }

  private void learn(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null || record.value() == null) {
      return;
    }
    try {
      schemas.learn(new Schema.Parser().parse(new String(record.value(), StandardCharsets.UTF_8)));
      seen.add(new String(record.key(), StandardCharsets.UTF_8));
    } catch (AvroRuntimeException | IllegalArgumentException e) {
      log.error("Offset {} of {} is no schema", record.offset(), record.topic(), e);
      return;
    }
    synchronized (news) {
      news.notifyAll();
    }
  }

  private static String keyOf(long fingerprint) {
    return HexFormat.of().toHexDigits(fingerprint);
  }

  @Override
  public void close() {
    reader.close();
  }
}
