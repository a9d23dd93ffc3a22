package dev.dailies.worker.heartbeat;

import dev.dailies.contracts.EventCodec;
import dev.dailies.contracts.EventHeaders;
import dev.dailies.contracts.Topic;
import dev.dailies.contracts.event.WorkerHeartbeat;
import dev.dailies.worker.flow.Signal;
import dev.dailies.worker.ledger.LedgerUnavailable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Beats at an interval, and at once when something has changed. Straight to the broker, without the
 * outbox: a sign of life that comes late is none.
 */
final class KafkaHeartbeat implements Heartbeat {
  private static final Logger log = LoggerFactory.getLogger(KafkaHeartbeat.class);
  private static final Duration SHORTEST = Duration.ofMillis(100);

  private final Map<String, Object> config;
  private final TakePulse pulse;
  private final Signal changed;
  private final Duration interval;
  private final Thread thread;
  private @Nullable KafkaProducer<byte[], byte[]> producer;
  private volatile boolean stopped;

  KafkaHeartbeat(Map<String, Object> config, TakePulse pulse, Signal changed, Duration interval) {
    this.config = config;
    this.pulse = pulse;
    this.changed = changed;
    this.interval = interval;
    this.thread = Thread.ofPlatform().daemon().name("heartbeat").unstarted(this::run);
  }

  @Override
  public void start() {
    thread.start();
  }

  private void run() {
    try (KafkaProducer<byte[], byte[]> open =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer = open;
      while (!stopped) {
        beat();
        changed.await(interval);
        if (!stopped) {
          Thread.sleep(SHORTEST);
        }
      }
      beat();
      open.flush();
    } catch (InterruptedException e) {
      log.debug("Heartbeat was interrupted");
    }
  }

  private void beat() {
    KafkaProducer<byte[], byte[]> open = producer;
    if (open == null) {
      return;
    }
    try {
      WorkerHeartbeat beat = pulse.now();
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              Topic.WORKER_HEARTBEATS.topicName(), text(beat.getWorker()), EventCodec.encode(beat));
      headers(beat).forEach((name, value) -> record.headers().add(name, text(value)));
      open.send(
          record,
          (metadata, trouble) ->
              Optional.ofNullable(trouble)
                  .ifPresent(e -> log.debug("A heartbeat was not sent: {}", e.toString())));
    } catch (LedgerUnavailable | KafkaException e) {
      // Without the ledger nothing can be claimed: silence is the truth.
      log.debug("No heartbeat now", e);
    } catch (RuntimeException e) {
      log.error("No heartbeat now", e);
    }
  }

  private static Map<String, String> headers(WorkerHeartbeat beat) {
    return Map.of(
        EventHeaders.SPEC_VERSION,
        "1.0",
        EventHeaders.TYPE,
        beat.getSchema().getFullName(),
        EventHeaders.SOURCE,
        "/render-worker",
        EventHeaders.SUBJECT,
        beat.getWorker(),
        EventHeaders.TIME,
        beat.getAt().toString(),
        EventHeaders.CONTENT_TYPE,
        EventHeaders.AVRO,
        EventHeaders.WORKSPACE,
        "system");
  }

  private static byte[] text(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void stop() {
    stopped = true;
    changed.give();
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}
