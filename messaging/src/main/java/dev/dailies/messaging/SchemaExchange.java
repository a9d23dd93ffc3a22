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
  private final Set<Long> neverTold = ConcurrentHashMap.newKeySet();
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

  /**
   * Waits until the schema is known; false when the time has passed. A schema that was waited for
   * in vain is not waited for again: a thousand records of it would hold up their consumer for a
   * day.
   */
  boolean await(long fingerprint, Duration atMost) throws InterruptedException {
    if (neverTold.contains(fingerprint)) {
      return schemas.knows(fingerprint);
    }
    long until = System.nanoTime() + atMost.toNanos();
    synchronized (news) {
      while (!schemas.knows(fingerprint)) {
        long left = (until - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          neverTold.add(fingerprint);
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
      Schema schema = new Schema.Parser().parse(new String(record.value(), StandardCharsets.UTF_8));
      schemas.learn(schema);
      // Not the record's key: what it claims to be may be another schema.
      seen.add(keyOf(EventSchemas.fingerprint(schema)));
    } catch (RuntimeException | StackOverflowError e) {
      // Whatever stands there, the next one is read: a reader that dies learns nothing any more.
      log.error("Offset {} of {} is no schema: {}", record.offset(), record.topic(), e.toString());
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
