package dev.dailies.worker.claim;

import dev.dailies.contracts.EventHeaders;
import dev.dailies.worker.flow.Signal;
import dev.dailies.worker.ledger.LedgerUnavailable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one claimer of this process, on the pool's share group. A record is held for milliseconds:
 * claimed in the ledger, accepted, committed. The ledger is the proof of a claim, so what the
 * broker says to the commit changes nothing: a record that comes again is a repeat.
 *
 * <p>After an empty poll the client goes on fetching, and what it fetched would wait in it unseen;
 * so polling stops only after a poll that gave something.
 */
final class KafkaJobClaimer implements Claiming {
  private static final Logger log = LoggerFactory.getLogger(KafkaJobClaimer.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration LOOK_FOR_ROOM = Duration.ofMillis(200);
  private static final Duration TROUBLE = Duration.ofMillis(500);
  private static final Duration HOLD_FOR_LEDGER = Duration.ofSeconds(10);

  /** Less than the broker's lock on a record; three deliveries make the minute of the contract. */
  private static final Duration SCHEMA_WAIT = Duration.ofSeconds(20);

  private static final int LAST_SCHEMA_WAIT = 3;

  private static final Pattern TRACE_PARENT =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  private final Map<String, Object> config;
  private final String topic;
  private final JobReader reader;
  private final ClaimJobs claims;
  private final KafkaJobDeadLetters deadLetters;
  private final BooleanSupplier controlRead;
  private final Signal roomSignal;
  private final Thread thread;
  private volatile boolean stopped;
  private volatile boolean claiming;
  private volatile Optional<KafkaShareConsumer<byte[], byte[]>> open = Optional.empty();

  KafkaJobClaimer(
      Map<String, Object> config,
      String topic,
      JobReader reader,
      ClaimJobs claims,
      KafkaJobDeadLetters deadLetters,
      BooleanSupplier controlRead,
      Signal roomSignal) {
    this.config = config;
    this.topic = topic;
    this.reader = reader;
    this.claims = claims;
    this.deadLetters = deadLetters;
    this.controlRead = controlRead;
    this.roomSignal = roomSignal;
    this.thread = Thread.ofPlatform().daemon().name("job-claimer").unstarted(this::run);
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void stop() {
    stopped = true;
    roomSignal.give();
    open.ifPresent(KafkaShareConsumer::wakeup);
    if (thread.isAlive() && Thread.currentThread() != thread) {
      try {
        thread.join(POLL.multipliedBy(5));
        thread.interrupt();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean claims() {
    return claiming;
  }

  private void run() {
    try {
      awaitReadiness();
      while (!stopped) {
        try (KafkaShareConsumer<byte[], byte[]> consumer =
            new KafkaShareConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
          open = Optional.of(consumer);
          consumer.subscribe(List.of(topic));
          poll(consumer);
        } catch (LedgerUnavailable e) {
          log.warn("Claiming pauses: {}", String.valueOf(e.getCause()));
        } catch (WakeupException | InterruptException e) {
          return;
        } catch (KafkaException e) {
          log.warn("Claiming begins again: {}", e.toString());
        } catch (RuntimeException e) {
          log.error("Claiming begins again", e);
        } finally {
          open = Optional.empty();
        }
        pause(TROUBLE);
        awaitLedger();
      }
    } catch (InterruptedException e) {
      log.info("Claiming was interrupted");
    } finally {
      claiming = false;
    }
  }

  /** What was cancelled before this worker came must be known before its first claim. */
  private void awaitReadiness() throws InterruptedException {
    while (!stopped && !controlRead.getAsBoolean()) {
      pause(Duration.ofMillis(50));
    }
    awaitLedger();
    claiming = !stopped;
  }

  private void awaitLedger() throws InterruptedException {
    while (!stopped) {
      try {
        claims.registerEndpoints();
        return;
      } catch (LedgerUnavailable e) {
        pause(TROUBLE);
      }
    }
  }

  private void poll(KafkaShareConsumer<byte[], byte[]> consumer) throws InterruptedException {
    boolean mayPause = true;
    while (!stopped) {
      boolean room = claims.room() > 0;
      if (!room && mayPause) {
        roomSignal.await(LOOK_FOR_ROOM);
        continue;
      }
      ConsumerRecords<byte[], byte[]> records = consumer.poll(room ? POLL : LOOK_FOR_ROOM);
      mayPause = !records.isEmpty();
      if (stopped) {
        records.forEach(record -> consumer.acknowledge(record, AcknowledgeType.RELEASE));
      } else if (!records.isEmpty()) {
        take(consumer, records);
      }
    }
  }

  private void take(
      KafkaShareConsumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> records)
      throws InterruptedException {
    List<ClaimJobs.Arrived> jobs = new ArrayList<>();
    List<ConsumerRecord<byte[], byte[]>> readable = new ArrayList<>();
    List<ConsumerRecord<byte[], byte[]>> untold = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      switch (reader.read(record.value())) {
        case JobReading.Readable read -> {
          jobs.add(new ClaimJobs.Arrived(read.job(), traceParent(record)));
          readable.add(record);
        }
        case JobReading.SchemaUnknown unknown -> untold.add(record);
        case JobReading.Unreadable broken -> {
          deadLetters.park(record, broken.reason(), broken.why());
          consumer.acknowledge(record, AcknowledgeType.ACCEPT);
        }
      }
    }
    AcknowledgeType answer = claim(jobs) ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE;
    readable.forEach(record -> consumer.acknowledge(record, answer));
    if (!untold.isEmpty()) {
      commit(consumer);
      for (ConsumerRecord<byte[], byte[]> record : untold) {
        awaitSchema(consumer, record);
      }
    }
    commit(consumer);
    if (answer == AcknowledgeType.RELEASE) {
      throw new LedgerUnavailable(new IllegalStateException("jobs were given back"));
    }
  }

  /** False if the ledger can't be reached for longer than a record should be held. */
  private boolean claim(List<ClaimJobs.Arrived> jobs) throws InterruptedException {
    long until = System.nanoTime() + HOLD_FOR_LEDGER.toNanos();
    while (true) {
      try {
        claims.claim(jobs);
        return true;
      } catch (LedgerUnavailable e) {
        log.warn("{} jobs wait for the ledger", jobs.size());
        if (stopped || System.nanoTime() > until) {
          return false;
        }
        pause(TROUBLE);
      }
    }
  }

  private void awaitSchema(
      KafkaShareConsumer<byte[], byte[]> consumer, ConsumerRecord<byte[], byte[]> record)
      throws InterruptedException {
    log.warn("Offset {} of {} waits for its schema", record.offset(), record.topic());
    long until = System.nanoTime() + SCHEMA_WAIT.toNanos();
    while (!stopped && System.nanoTime() < until) {
      if (reader.read(record.value()) instanceof JobReading.Readable read) {
        boolean claimed = claim(List.of(new ClaimJobs.Arrived(read.job(), traceParent(record))));
        consumer.acknowledge(record, claimed ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE);
        return;
      }
      pause(Duration.ofMillis(50));
    }
    if (!stopped && record.deliveryCount().orElse((short) 1) >= LAST_SCHEMA_WAIT) {
      deadLetters.park(record, "schema-unknown", "its schema was not told");
      consumer.acknowledge(record, AcknowledgeType.ACCEPT);
    } else {
      consumer.acknowledge(record, AcknowledgeType.RELEASE);
    }
  }

  private static void commit(KafkaShareConsumer<byte[], byte[]> consumer) {
    consumer
        .commitSync()
        .forEach((partition, trouble) ->
            trouble.ifPresent(
                e -> log.info("{} may hand out jobs again: {}", partition, e.toString())));
  }

  /** What is none is dropped: it goes into the ledger and into a request's head. */
  private static Optional<String> traceParent(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(EventHeaders.TRACE_PARENT);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8))
            .filter(text -> TRACE_PARENT.matcher(text).matches());
  }

  private static void pause(Duration time) throws InterruptedException {
    Thread.sleep(time);
  }
}
