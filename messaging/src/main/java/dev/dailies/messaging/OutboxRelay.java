package dev.dailies.messaging;

import dev.dailies.contracts.Checkpoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what stands in the outbox, and deletes it once the broker has it.
 *
 * <p>A pass locks the shards that hold something and that no other relay has locked, sends their
 * rows in the order of their ids, and unlocks them. The locks belong to the database session, so a
 * relay that dies frees them at once. A row is deleted after the acknowledgement only, hence a
 * relay that dies in between leaves it to be sent again: a repeat, which carries the same {@code
 * ce_id}. No cursor is kept, so a transaction that commits late is never passed over. A relay that
 * hangs (its process is stopped) says nothing to the database, which then ends its session.
 *
 * <p>The producer never gives up on a record while this relay lives; otherwise a later record of
 * the same key could overtake the one that timed out.
 */
final class OutboxRelay implements AutoCloseable {
  /** Between the acknowledgement and the deletion: a repeat after a restart. */
  static final String SENT_BEFORE_DELETED = "outbox.sent-before-deleted";

  private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
  private static final int BATCH = 500;
  private static final int LOCK_CLASS = 0x0D41;

  private final DataSource dataSource;
  private final Producer<byte[], byte[]> producer;
  private final BooleanSupplier ready;
  private final Duration scanInterval;
  private final Duration hanging;
  private final BlockingQueue<Boolean> wakeUps = new ArrayBlockingQueue<>(1);
  private final Counter sent;
  private final Counter failures;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param scanInterval how often to look for what nobody woke the relay for
   * @param hanging how long a relay with locks may be silent before others go on with its shards
   */
  OutboxRelay(
      DataSource dataSource,
      Producer<byte[], byte[]> producer,
      BooleanSupplier ready,
      Duration scanInterval,
      Duration hanging,
      MeterRegistry meters) {
    this.dataSource = dataSource;
    this.producer = producer;
    this.ready = ready;
    this.scanInterval = scanInterval;
    this.hanging = hanging;
    this.sent = meters.counter(MessagingMeters.OUTBOX_SENT.getName());
    this.failures = meters.counter(MessagingMeters.OUTBOX_FAILURES.getName());
    Gauge.builder(MessagingMeters.OUTBOX_PENDING.getName(), this::waiting).register(meters);
    this.thread = Thread.ofPlatform().daemon().name("outbox-relay").unstarted(this::run);
  }

  /** A row that was handed to the producer. */
  private record Sent(long id, String key, String topic, Future<RecordMetadata> acknowledgement) {}

  /** What is left for the next pass. */
  private record Held(Set<String> keys, Set<String> topics) {}

  void start() {
    thread.start();
  }

  /** Says that there is something to send. */
  void wake() {
    wakeUps.offer(true);
  }

  private void run() {
    while (!closed) {
      try {
        wakeUps.poll(scanInterval.toMillis(), TimeUnit.MILLISECONDS);
        if (ready.getAsBoolean()) {
          pass();
        }
      } catch (InterruptedException e) {
        return;
      } catch (SQLException | RuntimeException e) {
        if (!closed) {
          failures.increment();
          log.warn("The outbox waits: {}", e.toString());
        }
      }
    }
  }

  private void pass() throws SQLException, InterruptedException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(true);
      Integer[] shards = lockShards(connection);
      if (shards.length == 0) {
        return;
      }
      try {
        Held held = new Held(new HashSet<>(), new HashSet<>());
        boolean more = true;
        while (more && !closed) {
          more = sendBatch(connection, shards, held);
        }
      } finally {
        try (Statement unlock = connection.createStatement()) {
          unlock.execute("select pg_advisory_unlock_all(); reset idle_session_timeout");
        }
      }
    }
  }

  /** Locks what it can; a session that got a lock must speak from then on. */
  private Integer[] lockShards(Connection connection) throws SQLException {
    List<Integer> shards = new ArrayList<>();
    try (PreparedStatement lock =
        connection.prepareStatement(
            """
            select shard, set_config('idle_session_timeout', ?, false)
            from generate_series(0, ?) as shard
            where case when exists (select 1 from outbox o where o.shard = shard.shard)
                       then pg_try_advisory_lock(?, shard.shard) else false end
            """)) {
      lock.setString(1, Long.toString(hanging.toMillis()));
      lock.setInt(2, JdbcOutbox.SHARDS - 1);
      lock.setInt(3, LOCK_CLASS);
      try (ResultSet rows = lock.executeQuery()) {
        while (rows.next()) {
          shards.add(rows.getInt(1));
        }
      }
    }
    return shards.toArray(Integer[]::new);
  }

  private boolean sendBatch(Connection connection, Integer[] shards, Held held)
      throws SQLException, InterruptedException {
    List<Sent> batch = new ArrayList<>();
    int topicsHeld = held.topics().size();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select id, topic, key, payload, headers from outbox
            where shard = any(?) and key <> all(?) and topic <> all(?) order by id limit ?
            """)) {
      select.setArray(1, connection.createArrayOf("int4", shards));
      select.setArray(2, connection.createArrayOf("text", held.keys().toArray()));
      select.setArray(3, connection.createArrayOf("text", held.topics().toArray()));
      select.setInt(4, BATCH);
      try (ResultSet rows = select.executeQuery()) {
        // A topic that is not there costs a wait: one at most until the database hears of this
        // relay again.
        while (held.topics().size() == topicsHeld && rows.next()) {
          ProducerRecord<byte[], byte[]> record = recordOf(rows);
          String key = rows.getString("key");
          if (!held.keys().contains(key)) {
            Sent sent = new Sent(rows.getLong("id"), key, record.topic(), producer.send(record));
            batch.add(sent);
            if (sent.acknowledgement().state() == Future.State.FAILED) {
              hold(sent, sent.acknowledgement().exceptionNow(), held);
            }
          }
        }
      }
    }
    List<Long> acknowledged = new ArrayList<>();
    try {
      for (Sent sent : batch) {
        if (acknowledged(sent, connection, held)) {
          acknowledged.add(sent.id());
        }
      }
    } finally {
      Checkpoint.reach(SENT_BEFORE_DELETED);
      delete(connection, acknowledged);
    }
    return !batch.isEmpty();
  }

  /** However long the broker is away, the database hears that this relay lives. */
  private boolean acknowledged(Sent sent, Connection connection, Held held)
      throws SQLException, InterruptedException {
    while (true) {
      try {
        sent.acknowledgement().get(hanging.toMillis() / 3, TimeUnit.MILLISECONDS);
        return true;
      } catch (TimeoutException unanswered) {
        try (Statement sign = connection.createStatement()) {
          sign.execute("select 1");
        }
      } catch (ExecutionException e) {
        hold(sent, e.getCause(), held);
        return false;
      }
    }
  }

  /**
   * A record that is refused (too large, say) keeps back what follows it under its key, until it is
   * mended or removed; a topic that is not there keeps back what is meant for it. All else goes on.
   */
  private void hold(Sent sent, @Nullable Throwable refusal, Held held) {
    boolean news =
        refusal instanceof org.apache.kafka.common.errors.TimeoutException
            ? held.topics().add(sent.topic())
            : held.keys().add(sent.key());
    if (news) {
      failures.increment();
      log.error(
          "Row {} of the outbox, for {}, was not taken: {}",
          sent.id(),
          sent.topic(),
          String.valueOf(refusal));
    }
  }

  /** Counted when somebody asks, not with every batch: a long queue would slow its own sending. */
  private double waiting() {
    try (Connection connection = dataSource.getConnection();
        Statement count = connection.createStatement();
        ResultSet rows = count.executeQuery("select count(*) from outbox")) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      log.debug("The outbox can't be counted", e);
      return Double.NaN;
    }
  }

  private void delete(Connection connection, List<Long> ids) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from outbox where id = any(?)")) {
      delete.setArray(1, connection.createArrayOf("int8", ids.toArray()));
      delete.executeUpdate();
    }
    sent.increment(ids.size());
  }

  private static ProducerRecord<byte[], byte[]> recordOf(ResultSet row) throws SQLException {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            row.getString("topic"),
            row.getString("key").getBytes(StandardCharsets.UTF_8),
            row.getBytes("payload"));
    String[] headers = (String[]) row.getArray("headers").getArray();
    for (int i = 0; i < headers.length; i += 2) {
      record.headers().add(headers[i], headers[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    return record;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
