package dev.dailies.local;

import dev.dailies.parts.KafkaBroker;
import dev.dailies.parts.PartFailed;
import dev.dailies.parts.PostgresServer;
import dev.dailies.parts.S3Store;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parts that Dailies brings along on one machine: PostgreSQL with a database per service, the
 * broker and the object store. They start side by side; where they listen is known beforehand, so
 * that the services need not wait for them.
 */
final class LocalParts implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Executor THREADS =
      task -> Thread.ofPlatform().name("part").daemon().start(task);

  private final DataFolder data;
  private final Restart restart;
  private final Console console;
  private final int kafkaPort;
  private final int databasePort;
  private final int storePort;
  private final List<AutoCloseable> running = new ArrayList<>();
  private @Nullable KafkaBroker broker;
  private @Nullable PostgresServer database;
  private @Nullable S3Store store;
  private volatile boolean closing;

  LocalParts(DataFolder data, Ports ports, Restart restart, Console console) {
    this.data = data;
    this.restart = restart;
    this.console = console;
    kafkaPort = ports.of("kafka");
    databasePort = ports.of("postgres");
    storePort = ports.of("store");
  }

  /** Where the parts will be, for the services. */
  Wiring wiring(URI animatic, Path media) {
    return new Wiring(
        "127.0.0.1:" + kafkaPort,
        "jdbc:postgresql://127.0.0.1:" + databasePort + "/",
        "postgres",
        "dailies",
        URI.create("http://127.0.0.1:" + storePort),
        "dailies",
        "dailies-secret",
        animatic,
        data.path(),
        media);
  }

  /**
   * Starts all three; returns when they answer.
   *
   * @throws PartFailed if one does not
   */
  void start() {
    Path logs = data.sub("logs");
    CompletableFuture<Void> all =
        CompletableFuture.allOf(
            async(() -> startDatabase(logs)),
            async(() ->
                broker =
                    kept(
                        KafkaBroker.on(data.path().resolve("kafka"))
                            .port(kafkaPort)
                            .logs(logs)
                            .start())),
            async(() ->
                store =
                    kept(
                        S3Store.on(data.path().resolve("store"))
                            .port(storePort)
                            .logs(logs)
                            .start())));
    try {
      all.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    if (restart == Restart.ALWAYS) {
      watch("the broker", () -> broker().ended(), () -> broker().start());
      watch("PostgreSQL", () -> database().ended(), () -> database().start());
    }
  }

  private void startDatabase(Path logs) {
    PostgresServer server =
        kept(
            PostgresServer.on(data.path().resolve("postgres"))
                .port(databasePort)
                .logs(logs)
                .start());
    database = server;
    Stream.of(Service.values())
        .flatMap(service -> service.database().stream())
        .forEach(server::createDatabase);
  }

  private static CompletableFuture<Void> async(Runnable start) {
    return CompletableFuture.runAsync(start, THREADS);
  }

  /** Remembers what runs, so that it is stopped even when another part has failed. */
  private <T extends AutoCloseable> T kept(T part) {
    synchronized (running) {
      running.add(part);
    }
    return part;
  }

  private void watch(String name, Supplier<CompletableFuture<Integer>> ended, Runnable start) {
    Thread.ofVirtual()
        .name("watch-" + name)
        .start(() -> {
          while (!closing) {
            int code = ended.get().join();
            LockSupport.parkNanos(PAUSE.toNanos());
            if (closing) {
              return;
            }
            console.say("%s has ended with code %d; it is started again".formatted(name, code));
            try {
              start.run();
            } catch (PartFailed e) {
              console.say(Optional.ofNullable(e.getMessage()).orElse(name + " did not start"));
            }
          }
        });
  }

  KafkaBroker broker() {
    return present(broker, "the broker");
  }

  PostgresServer database() {
    return present(database, "PostgreSQL");
  }

  S3Store store() {
    return present(store, "the object store");
  }

  private static <T> T present(@Nullable T part, String name) {
    if (part == null) {
      throw new IllegalStateException(name + " has not been started");
    }
    return part;
  }

  @Override
  public void close() {
    closing = true;
    List<AutoCloseable> parts;
    synchronized (running) {
      parts = List.copyOf(running);
      running.clear();
    }
    List<CompletableFuture<Void>> stopping =
        parts.stream().map(part -> async(() -> stop(part))).toList();
    stopping.forEach(CompletableFuture::join);
  }

  private static void stop(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      throw new IllegalStateException(part + " did not stop", e);
    }
  }
}
