package dev.dailies.messaging;

import dev.dailies.contracts.Checkpoint;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
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
  private final AtomicLong pending = new AtomicLong();
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
    meters.gauge(MessagingMeters.OUTBOX_PENDING.getName(), pending);
    this.thread = Thread.ofPlatform().daemon().name("outbox-relay").unstarted(this::run);
  }

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
      } catch (SQLException | ExecutionException | KafkaException e) {
        if (!closed) {
          failures.increment();
          log.warn("The outbox waits: {}", e.toString());
        }
      }
    }
  }

  private void pass() throws SQLException, InterruptedException, ExecutionException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(true);
      Integer[] shards = lockShards(connection);
      if (shards.length == 0) {
        pending.set(0);
        return;
      }
      try {
        boolean more = true;
        while (more && !closed) {
          more = sendBatch(connection, shards);
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

  private boolean sendBatch(Connection connection, Integer[] shards)
      throws SQLException, InterruptedException, ExecutionException {
    List<Long> ids = new ArrayList<>();
    List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select id, topic, key, payload, headers from outbox
            where shard = any(?) order by id limit ?
            """)) {
      select.setArray(1, connection.createArrayOf("int4", shards));
      select.setInt(2, BATCH);
      try (ResultSet rows = select.executeQuery()) {
        boolean taken = true;
        while (taken && rows.next()) {
          Future<RecordMetadata> acknowledgement = producer.send(recordOf(rows));
          ids.add(rows.getLong("id"));
          acknowledgements.add(acknowledgement);
          // Not even taken for sending: what comes after it must not overtake it.
          taken = !(acknowledgement.isDone() && acknowledgement.state() == Future.State.FAILED);
        }
      }
    }
    pending.set(ids.size());
    int acknowledged = 0;
    try {
      for (Future<RecordMetadata> acknowledgement : acknowledgements) {
        await(acknowledgement, connection);
        acknowledged++;
      }
    } finally {
      Checkpoint.reach(SENT_BEFORE_DELETED);
      delete(connection, ids.subList(0, acknowledged));
    }
    pending.set(0);
    return ids.size() == BATCH;
  }

  /** However long the broker is away, the database hears that this relay lives. */
  private void await(Future<RecordMetadata> acknowledgement, Connection connection)
      throws SQLException, InterruptedException, ExecutionException {
    while (true) {
      try {
        acknowledgement.get(hanging.toMillis() / 3, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException notYet) {
        try (Statement sign = connection.createStatement()) {
          sign.execute("select 1");
        }
      }
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
