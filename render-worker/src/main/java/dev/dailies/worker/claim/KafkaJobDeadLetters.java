package dev.dailies.worker.claim;

import dev.dailies.contracts.Topic;
import dev.dailies.worker.flow.RenderTally;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps jobs that no worker can read, with their headers, where operators can redrive them. */
final class KafkaJobDeadLetters {
  private static final Logger log = LoggerFactory.getLogger(KafkaJobDeadLetters.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Producer<byte[], byte[]> producer;
  private final RenderTally tally;

  KafkaJobDeadLetters(Producer<byte[], byte[]> producer, RenderTally tally) {
    this.producer = producer;
    this.tally = tally;
  }

  /** Returns once the broker has it; until then the record must not be accepted. */
  void park(ConsumerRecord<byte[], byte[]> record, String reason, String why)
      throws InterruptedException {
    ProducerRecord<byte[], byte[]> parked =
        new ProducerRecord<>(
            Topic.deadLetter(record.topic()), null, record.key(), record.value(), record.headers());
    parked.headers().add("dailies-parked-reason", text(reason));
    parked.headers().add("kafka_dlt-original-topic", text(record.topic()));
    parked
        .headers()
        .add(
            "kafka_dlt-original-partition",
            ByteBuffer.allocate(Integer.BYTES).putInt(record.partition()).array());
    parked
        .headers()
        .add(
            "kafka_dlt-original-offset",
            ByteBuffer.allocate(Long.BYTES).putLong(record.offset()).array());
    try {
      producer.send(parked).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("a broken job could not be parked", e);
    }
    tally.jobParked(reason);
    log.error("Parked offset {} of {} as {}: {}", record.offset(), record.topic(), reason, why);
  }

  private static byte[] text(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
