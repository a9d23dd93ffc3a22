package dev.dailies.messaging;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the service's database to this build's schema, however late the database appears. The
 * service starts meanwhile and says what is missing; nothing is sent, taken in or accepted before.
 */
public final class DatabaseSchema implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DatabaseSchema.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final CountDownLatch current = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  DatabaseSchema() {}

  /** Whether the database stands as this build needs it. */
  public boolean current() {
    return current.getCount() == 0;
  }

  /** Waits for it; false when the time has passed. */
  boolean await(Duration atMost) throws InterruptedException {
    return current.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Migrates now, or in the background for as long as the database is away. */
  void migrate(Flyway flyway) {
    if (!tried(flyway)) {
      Thread.ofPlatform().daemon().name("migrate").start(() -> migrateLater(flyway));
    }
  }

  private void migrateLater(Flyway flyway) {
    try {
      boolean away = true;
      while (away && !closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        away = !triedLater(flyway);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The service runs by now: what is wrong is said again and again, and may be mended. */
  private boolean triedLater(Flyway flyway) {
    try {
      return tried(flyway);
    } catch (RuntimeException e) {
      log.error("The database can't be brought up to date: {}", e.getMessage());
      return false;
    }
  }

  private boolean tried(Flyway flyway) {
    // Whatever keeps us from connecting may pass: nobody is there, it is starting, has no such
    // database or user yet. A script that is wrong stays wrong: the start must fail, loudly.
    try (Connection connection = flyway.getConfiguration().getDataSource().getConnection()) {
      log.debug("The database is there: {}", connection);
    } catch (SQLException e) {
      log.warn("The database can't be reached yet: {}", e.getMessage());
      return false;
    }
    try {
      flyway.migrate();
    } catch (FlywayException e) {
      if (!wentAway(e)) {
        throw e;
      }
      log.warn("The database went away while it was brought up to date: {}", e.getMessage());
      return false;
    }
    current.countDown();
    return true;
  }

  /** SQL states 08: connection; 57P: shut down or starting up; 53: out of connections. */
  private static boolean wentAway(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        String state = String.valueOf(sql.getSQLState());
        return state.startsWith("08")
            || state.startsWith("57P")
            || state.startsWith("53")
            || sql instanceof SQLTransientException;
      }
    }
    return false;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
