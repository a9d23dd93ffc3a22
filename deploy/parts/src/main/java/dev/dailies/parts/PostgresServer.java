package dev.dailies.parts;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A PostgreSQL server (loopback only) in processes of its own, on a folder that is kept.
 *
 * <p>Durable as in the field (fsync on), small in memory; runs under root too ({@link
 * Unprivileged}). The port stays the same over {@link #kill}, {@link #stop} and {@link #start}.
 */
public final class PostgresServer implements AutoCloseable {

  private static final String USER = "postgres";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_GRACE = Duration.ofSeconds(15);

  private final DataFolder folder;
  private final Path logs;
  private final int port;
  private final String password;
  private final Map<String, String> settings;
  private final PostgresPrograms programs = PostgresPrograms.unpacked();
  private final PostgresCluster cluster;
  private final Unprivileged user;
  private final boolean disposable;
  private Optional<TetheredProcess> process = Optional.empty();

  private PostgresServer(Builder builder) {
    this.folder = DataFolder.claim(builder.data);
    this.cluster = new PostgresCluster(folder.root());
    this.logs = builder.logs.orElseGet(() -> folder.folder("logs"));
    this.port = builder.port.orElseGet(FreePort::pick);
    this.password = builder.password;
    this.settings = new LinkedHashMap<>(defaults());
    this.disposable = builder.disposable;
    if (disposable) {
      settings.put("fsync", "off");
    }
    this.settings.putAll(builder.settings);
    this.user = builder.user.orElseGet(Unprivileged::forThisMachine);
  }

  /** A server that keeps its databases in this folder. */
  public static Builder on(Path data) {
    return new Builder(data);
  }

  public int port() {
    return port;
  }

  public String user() {
    return USER;
  }

  public String password() {
    return password;
  }

  public String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  public boolean isRunning() {
    return process.map(TetheredProcess::isAlive).orElse(false);
  }

  /** The postmaster's process id; empty while it is stopped. */
  public Optional<Long> pid() {
    return process.filter(TetheredProcess::isAlive).map(TetheredProcess::pid);
  }

  /** Completes when the running server ends; done already while none runs. */
  public CompletableFuture<Integer> ended() {
    return process
        .map(TetheredProcess::ended)
        .orElseGet(() -> CompletableFuture.completedFuture(0));
  }

  /** Starts the server on its data and returns when it takes connections. Nothing if it runs. */
  public synchronized void start() {
    if (isRunning()) {
      return;
    }
    if (!cluster.exists()) {
      initialise();
    }
    user.own(cluster.data());
    cluster.forgetStalePid();
    TetheredProcess started = launch(serverCommand());
    process = Optional.of(started);
    boolean up = new Patience(START_LIMIT).until(() -> answers() || !started.isAlive());
    if (!up || !started.isAlive()) {
      started.kill();
      throw new PartFailed("PostgreSQL did not start:\n" + lastWords());
    }
  }

  /** Ends the server in order, cutting its clients off; the data stay. */
  public synchronized void stop() {
    process.ifPresent(TetheredProcess::stop);
    process = Optional.empty();
  }

  /** SIGKILL to the postmaster and its backends, as a crash. */
  public synchronized void kill() {
    process.ifPresent(TetheredProcess::kill);
    process = Optional.empty();
  }

  /** Stops the server and lets go of its folder; it cannot be started again. */
  @Override
  public synchronized void close() {
    stop();
    folder.close();
  }

  /** Creates the database if it is not there. */
  public void createDatabase(String name) {
    if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException("not a database name: " + name);
    }
    try (Connection connection = DriverManager.getConnection(jdbcUrl(USER), USER, password);
        Statement statement = connection.createStatement()) {
      String query = "select 1 from pg_database where datname = '" + name + "'";
      boolean exists;
      try (ResultSet found = statement.executeQuery(query)) {
        exists = found.next();
      }
      if (!exists) {
        // By file copy: a few times quicker than through the log for a database this small.
        statement.execute("create database " + name + " strategy file_copy");
      }
    } catch (SQLException failed) {
      throw new PartFailed("cannot create the database " + name, failed);
    }
  }

  private static Map<String, String> defaults() {
    Map<String, String> defaults = new LinkedHashMap<>();
    defaults.put("listen_addresses", "127.0.0.1");
    defaults.put("unix_socket_directories", "");
    defaults.put("max_connections", "200");
    defaults.put("shared_buffers", "48MB");
    defaults.put("max_wal_size", "256MB");
    defaults.put("log_min_messages", "warning");
    defaults.put("timezone", "UTC");
    defaults.put("log_timezone", "UTC");
    return defaults;
  }

  private void initialise() {
    Path half = cluster.prepare(password);
    TetheredProcess initdb = launch(initCommand(half));
    if (initdb.ended().join() != 0) {
      throw new PartFailed("PostgreSQL's folder could not be made:\n" + lastWords());
    }
    cluster.complete();
  }

  private List<String> initCommand(Path target) {
    List<String> command = new ArrayList<>();
    command.add(programs.program("initdb"));
    command.addAll(List.of("-D", target.toString(), "-U", USER, "-E", "UTF8"));
    command.addAll(List.of("--locale-provider=builtin", "--locale=C.UTF-8", "--lc-messages=C"));
    command.addAll(List.of("-A", "scram-sha-256", "--pwfile=" + cluster.secret()));
    command.addAll(List.of("--no-instructions", "--no-sync"));
    return command;
  }

  private List<String> serverCommand() {
    List<String> command = new ArrayList<>();
    command.add(programs.program("postgres"));
    command.addAll(List.of("-D", cluster.data().toString(), "-p", String.valueOf(port)));
    settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    return command;
  }

  private TetheredProcess launch(List<String> command) {
    return TetheredProcess.of(user.command(command))
        .in(folder.root())
        .environment("LC_ALL", "C")
        .environment("TZ", "UTC")
        .withoutEnvironment("PGDATA", "PGPORT", "PGHOST", "PGUSER", "PGPASSWORD", "PGOPTIONS")
        .log(logs.resolve("postgres.log"))
        .pidFile(folder.pidFile())
        // SIGTERM would wait for every client to leave first.
        .stopsOn("INT", STOP_GRACE)
        .disposable(disposable)
        .start();
  }

  private boolean answers() {
    try (Connection connection =
        DriverManager.getConnection(jdbcUrl(USER) + "?loginTimeout=5", USER, password)) {
      return connection.isValid(5);
    } catch (SQLException notYet) {
      return false;
    }
  }

  private String lastWords() {
    return TetheredProcess.tail(logs.resolve("postgres.log"));
  }

  /** What the server is given beyond its folder. */
  public static final class Builder {

    private final Path data;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private Optional<Path> logs = Optional.empty();
    private Optional<Integer> port = Optional.empty();
    private String password = "dailies";
    private Optional<Unprivileged> user = Optional.empty();
    private boolean disposable;

    private Builder(Path data) {
      this.data = data;
    }

    /** A fixed port; without it a free one is picked. */
    public Builder port(int fixed) {
      this.port = Optional.of(fixed);
      return this;
    }

    /** Where {@code postgres.log} goes; by default under the data. */
    public Builder logs(Path directory) {
      this.logs = Optional.of(directory);
      return this;
    }

    /** The password of the user {@code postgres}, set when the folder is first made. */
    public Builder password(String secret) {
      this.password = secret;
      return this;
    }

    /** A setting of postgresql.conf; wins over ours. */
    public Builder setting(String name, String value) {
      settings.put(name, value);
      return this;
    }

    Builder as(Unprivileged way) {
      this.user = Optional.of(way);
      return this;
    }

    /** For tests: killed with this JVM, and nothing is forced to the disk. */
    public Builder disposable() {
      this.disposable = true;
      return this;
    }

    /** Claims the folder and starts the server. */
    public PostgresServer start() {
      PostgresServer server = new PostgresServer(this);
      try {
        server.start();
        return server;
      } catch (RuntimeException failed) {
        server.close();
        throw failed;
      }
    }
  }
}
