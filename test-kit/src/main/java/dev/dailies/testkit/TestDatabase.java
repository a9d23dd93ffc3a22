package dev.dailies.testkit;

import dev.dailies.parts.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fresh, empty database on the one real PostgreSQL of this JVM.
 *
 * <p>The server starts at the first call (about a second and a half) and is gone with the JVM.
 * {@link #refuse} makes just this database unreachable, which is how an outage is played without
 * harming other tests; {@link #killServer} and {@link #startServer} concern them all.
 */
public final class TestDatabase {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private static final class Shared {
    static final PostgresServer SERVER =
        PostgresServer.on(WorkFolder.fresh("postgres")).disposable().start();
  }

  private final String name;

  private TestDatabase(String name) {
    this.name = name;
  }

  /** A new database whose name begins with this one. */
  public static TestDatabase fresh(String name) {
    String unique =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_") + "_" + COUNT.incrementAndGet();
    Shared.SERVER.createDatabase(unique);
    return new TestDatabase(unique);
  }

  public String name() {
    return name;
  }

  public String jdbcUrl() {
    return Shared.SERVER.jdbcUrl(name);
  }

  public String user() {
    return Shared.SERVER.user();
  }

  public String password() {
    return Shared.SERVER.password();
  }

  /** The server's port, as the target of a {@link FaultProxy}. */
  public int port() {
    return Shared.SERVER.port();
  }

  /** What a Spring test registers. */
  public Map<String, String> properties() {
    return Map.of(
        "spring.datasource.url", jdbcUrl(),
        "spring.datasource.username", user(),
        "spring.datasource.password", password());
  }

  /** The same through a proxy to {@link #port()}. */
  public Map<String, String> properties(FaultProxy proxy) {
    return Map.of(
        "spring.datasource.url", "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + name,
        "spring.datasource.username", user(),
        "spring.datasource.password", password());
  }

  /** A connection of the test's own. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), user(), password());
  }

  /** Runs statements of the test's own. */
  public void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new IllegalStateException(sql, failed);
    }
  }

  /** Breaks every open connection to this database; new ones are taken. */
  public void cutConnections() {
    asOwner(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
  }

  /** An outage of this database: open connections break and new ones are refused. */
  public void refuse() {
    asOwner("alter database " + name + " allow_connections false");
    cutConnections();
  }

  /** The end of the outage. */
  public void allow() {
    asOwner("alter database " + name + " allow_connections true");
  }

  /** SIGKILL to the server of all tests of this JVM. */
  public static void killServer() {
    Shared.SERVER.kill();
  }

  /** An orderly end of the server of all tests of this JVM. */
  public static void stopServer() {
    Shared.SERVER.stop();
  }

  /** Up again, on the same port and data; nothing if it runs. */
  public static void startServer() {
    Shared.SERVER.start();
  }

  private static void asOwner(String sql) {
    PostgresServer server = Shared.SERVER;
    try (Connection connection =
            DriverManager.getConnection(
                server.jdbcUrl("postgres"), server.user(), server.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new IllegalStateException(sql, failed);
    }
  }
}
