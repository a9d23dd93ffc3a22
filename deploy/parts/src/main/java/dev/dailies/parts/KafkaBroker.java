package dev.dailies.parts;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * A Kafka broker (KRaft, one node, loopback only) in a process of its own, on a folder that is
 * kept.
 *
 * <p>A process rather than a thread: it can be killed with -9 and started again on its data, as a
 * broker in the field is, and its client classes are of another version than ours. The folder is
 * formatted at the first start only. The port stays the same over {@link #kill}, {@link #stop} and
 * {@link #start}, so that clients find it again; another run may give it another one.
 */
public final class KafkaBroker implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration STOP_GRACE = Duration.ofSeconds(20);
  private static final int PROBE_TIMEOUT_MILLIS = 2_000;

  private final DataFolder folder;
  private final Path logs;
  private final int port;
  private final int controllerPort;
  private final String heap;
  private final Map<String, String> extra;
  private final boolean disposable;
  private final Closure closure = Closure.named("kafka");
  private Optional<TetheredProcess> process = Optional.empty();

  private KafkaBroker(Builder builder) {
    this.folder = DataFolder.claim(builder.data);
    this.logs = builder.logs.orElseGet(() -> folder.folder("logs"));
    this.port = builder.port.orElseGet(FreePort::pick);
    this.controllerPort = FreePort.pick();
    this.heap = builder.heap;
    this.extra = Map.copyOf(builder.extra);
    this.disposable = builder.disposable;
  }

  /** A broker that keeps its records in this folder. */
  public static Builder on(Path data) {
    return new Builder(data);
  }

  public int port() {
    return port;
  }

  /** What clients take as {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  public boolean isRunning() {
    return process.map(TetheredProcess::isAlive).orElse(false);
  }

  /** The broker's process id; empty while it is stopped. */
  public Optional<Long> pid() {
    return process.filter(TetheredProcess::isAlive).map(TetheredProcess::pid);
  }

  /** Completes when the running broker ends; done already while none runs. */
  public CompletableFuture<Integer> ended() {
    return process
        .map(TetheredProcess::ended)
        .orElseGet(() -> CompletableFuture.completedFuture(0));
  }

  /** Starts the broker on its data and returns when it answers requests. Nothing if it runs. */
  public synchronized void start() {
    if (isRunning()) {
      return;
    }
    Path settings = writeSettings();
    format(settings);
    TetheredProcess started = launch("kafka.Kafka", List.of(settings.toString()), "broker");
    process = Optional.of(started);
    boolean up = new Patience(START_LIMIT).until(() -> answers() || !started.isAlive());
    if (!up || !started.isAlive()) {
      started.kill();
      throw new PartFailed("the Kafka broker did not start:\n" + lastWords());
    }
  }

  /** Ends the broker the way an operator does; its data stay. */
  public synchronized void stop() {
    process.ifPresent(TetheredProcess::stop);
    process = Optional.empty();
  }

  /** SIGKILL, as a crash. */
  public synchronized void kill() {
    process.ifPresent(TetheredProcess::kill);
    process = Optional.empty();
  }

  /** Stops the broker and lets go of its folder; it cannot be started again. */
  @Override
  public synchronized void close() {
    stop();
    folder.close();
  }

  private Path writeSettings() {
    try {
      Path settings = folder.root().resolve("server.properties");
      Files.writeString(
          settings,
          KafkaSettings.properties(
              port, controllerPort, folder.folder("records").toString(), extra));
      Files.createDirectories(logs);
      Files.writeString(
          folder.root().resolve("log4j2.properties"),
          KafkaSettings.logging(logs.resolve("kafka.log").toString()));
      return settings;
    } catch (IOException failed) {
      throw new PartFailed("cannot write the broker's settings", failed);
    }
  }

  private void format(Path settings) {
    if (Files.exists(folder.folder("records").resolve("meta.properties"))) {
      return;
    }
    String clusterId = clusterId(UUID.randomUUID());
    TetheredProcess tool =
        launch(
            "kafka.tools.StorageTool",
            List.of("format", "-t", clusterId, "-c", settings.toString()),
            "format");
    int status = tool.ended().join();
    if (status != 0) {
      throw new PartFailed("the broker's folder could not be formatted:\n" + lastWords());
    }
  }

  private static String clusterId(UUID random) {
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(random.getMostSignificantBits())
            .putLong(random.getLeastSignificantBits())
            .array();
    // Keeps the text from beginning with a dash, which the tool would read as an option.
    bytes[0] &= 0x7f;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private TetheredProcess launch(String mainClass, List<String> arguments, String name) {
    List<String> command = new ArrayList<>();
    command.add(Programs.java());
    command.add("@" + argumentFile(mainClass, name));
    command.addAll(arguments);
    return TetheredProcess.of(command)
        .in(folder.root())
        .withoutEnvironment("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH")
        .log(logs.resolve("kafka.out"))
        .pidFile(folder.pidFile())
        .stopsOn("TERM", STOP_GRACE)
        .disposable(disposable)
        .start();
  }

  /** A file, so that the command line stays short enough for the system to show it. */
  private Path argumentFile(String mainClass, String name) {
    String classPath =
        closure.jars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    List<String> arguments =
        List.of(
            "-Xms32m",
            "-Xmx" + heap,
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:TieredStopAtLevel=1",
            "-XX:MaxDirectMemorySize=128m",
            "-XX:-UsePerfData",
            "-Djava.awt.headless=true",
            "-Dlog4j2.configurationFile=" + folder.root().resolve("log4j2.properties"),
            "-cp",
            classPath,
            mainClass);
    try {
      return Files.writeString(
          folder.root().resolve(name + ".args"),
          arguments.stream()
              .map(argument -> '"' + argument.replace("\\", "\\\\") + '"')
              .collect(Collectors.joining("\n")));
    } catch (IOException failed) {
      throw new PartFailed("cannot write the broker's arguments", failed);
    }
  }

  private String lastWords() {
    return TetheredProcess.tail(logs.resolve("kafka.out"))
        + "\n"
        + TetheredProcess.tail(logs.resolve("kafka.log"));
  }

  /**
   * Asks for the versions of its requests: an open port alone does not say that anybody listens.
   */
  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(PROBE_TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress("127.0.0.1", port), PROBE_TIMEOUT_MILLIS);
      byte[] client = "probe".getBytes(StandardCharsets.US_ASCII);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(10 + client.length);
      out.writeShort(18); // ApiVersions
      out.writeShort(0);
      out.writeInt(7);
      out.writeShort(client.length);
      out.write(client);
      out.flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      in.readInt();
      return in.readInt() == 7 && in.readShort() == 0;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** What the broker is given beyond its folder. */
  public static final class Builder {

    private final Path data;
    private final Map<String, String> extra = new LinkedHashMap<>();
    private Optional<Path> logs = Optional.empty();
    private Optional<Integer> port = Optional.empty();
    private String heap = "256m";
    private boolean disposable;

    private Builder(Path data) {
      this.data = data;
    }

    /** A fixed port; without it a free one is picked. */
    public Builder port(int fixed) {
      this.port = Optional.of(fixed);
      return this;
    }

    /** Where {@code kafka.log} and {@code kafka.out} go; by default under the data. */
    public Builder logs(Path directory) {
      this.logs = Optional.of(directory);
      return this;
    }

    /** The largest heap, in the JVM's notation. */
    public Builder heap(String maximum) {
      this.heap = maximum;
      return this;
    }

    /** A line of {@code server.properties}; wins over ours. */
    public Builder property(String name, String value) {
      extra.put(name, value);
      return this;
    }

    /** For tests: killed with this JVM. */
    public Builder disposable() {
      this.disposable = true;
      return this;
    }

    /** Claims the folder and starts the broker. */
    public KafkaBroker start() {
      KafkaBroker broker = new KafkaBroker(this);
      try {
        broker.start();
        return broker;
      } catch (RuntimeException failed) {
        broker.close();
        throw failed;
      }
    }
  }
}
