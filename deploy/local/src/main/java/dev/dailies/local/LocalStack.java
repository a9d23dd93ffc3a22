package dev.dailies.local;

import dev.dailies.parts.KafkaBroker;
import dev.dailies.parts.PostgresServer;
import dev.dailies.parts.S3Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * All of Dailies on this machine: PostgreSQL, a Kafka broker, an S3 store, the five kinds of
 * service and one origin in front. {@code ./dailies up} runs it, and the end-to-end tests take it
 * apart: each process can be killed, held down and started again.
 *
 * <pre>{@code
 * try (LocalStack stack = LocalStack.builder().data(folder).workers(2).build()) {
 *   stack.start();
 *   stack.awaitReady(Duration.ofSeconds(60));
 *   stack.named("asset-service").kill();
 * }
 * }</pre>
 */
public final class LocalStack implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final StackSettings settings;
  private final DataFolder data;
  private final HttpRouter router;
  private final LocalParts parts;
  private final Path temporary;
  private final Map<String, ServiceProcess> processes = new LinkedHashMap<>();
  private final Map<Service, URI> origins = new EnumMap<>(Service.class);
  private final Map<String, Instant> readyAt = new ConcurrentHashMap<>();

  LocalStack(StackSettings settings) {
    this.settings = settings;
    data = new DataFolder(settings.data());
    HttpRouter opened = null;
    try {
      Ports ports = new Ports(data.path().resolve("ports.properties"));
      for (Service service : Service.values()) {
        origins.put(service, origin(ports.of(names(service).getFirst())));
      }
      opened = new HttpRouter(settings.port(), this::required);
      router = opened;
      data.describe("process %d, %s".formatted(ProcessHandle.current().pid(), router.origin()));
      parts = new LocalParts(data, ports, settings.restart(), settings.console());
      Wiring wiring =
          parts.wiring(
              required(Service.ANIMATIC), AppImage.images(settings.root()).resolve("media"));
      temporary = Folders.emptied(data.path().resolve("tmp"));
      Map<Service, AppImage> images = AppImage.all(settings.root());
      for (Service service : Service.values()) {
        AppImage image = Objects.requireNonNull(images.get(service));
        for (String name : names(service)) {
          processes.put(name, describe(service, name, ports.of(name), image, wiring));
        }
      }
    } catch (RuntimeException e) {
      if (opened != null) {
        opened.close();
      }
      data.close();
      throw e;
    }
  }

  /** Begins the description of a stack. */
  public static StackSettings.Builder builder() {
    return new StackSettings.Builder();
  }

  /** Starts everything at once; returns when the parts run and the processes have been started. */
  public void start() {
    parts.start();
    processes.values().forEach(ServiceProcess::start);
  }

  /**
   * Waits until every process says that it would work now.
   *
   * @throws LaunchFailure when one does not in time, with what it says is missing
   */
  public void awaitReady(Duration limit) {
    Instant deadline = Instant.now().plus(limit);
    List<ServiceProcess> waiting = new ArrayList<>(processes.values());
    while (!waiting.isEmpty()) {
      waiting.removeIf(process -> {
        boolean ready = process.ready();
        if (ready) {
          readyAt.putIfAbsent(process.name(), Instant.now());
        }
        return ready;
      });
      if (!waiting.isEmpty() && Instant.now().isAfter(deadline)) {
        throw new LaunchFailure(complaint(limit, waiting));
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw new LaunchFailure("interrupted while the services were starting");
      }
    }
  }

  private static String complaint(Duration limit, Collection<ServiceProcess> late) {
    StringBuilder text = new StringBuilder("not ready within %d s:".formatted(limit.toSeconds()));
    for (ServiceProcess process : late) {
      text.append("\n  %s, log %s".formatted(process.name(), process.log()));
      text.append("\n    says: ").append(HttpReadiness.explain(process.origin()));
      process.tail().forEach(line -> text.append("\n    ").append(line));
    }
    return text.toString();
  }

  /** The one origin of all APIs. */
  public URI origin() {
    return router.origin();
  }

  /** The folder that is kept between runs. */
  public Path data() {
    return data.path();
  }

  /** The process of that name: {@code prompt-service}, {@code render-worker-1}, and so on. */
  public ServiceProcess named(String name) {
    ServiceProcess process = processes.get(name);
    if (process == null) {
      throw new IllegalArgumentException(name + " is none of " + processes.keySet());
    }
    return process;
  }

  /** Every process of the services, in the order of a request's way. */
  public List<ServiceProcess> processes() {
    return List.copyOf(processes.values());
  }

  /** When each process was first seen ready. */
  Map<String, Instant> readyAt() {
    return Map.copyOf(readyAt);
  }

  /** The broker, to be killed and restarted. */
  public KafkaBroker broker() {
    return parts.broker();
  }

  /** The database server, to be stopped and started. */
  public PostgresServer database() {
    return parts.database();
  }

  /** The object store, to be stopped and started. */
  public S3Store store() {
    return parts.store();
  }

  /** Stops the origin, then the services together, then the parts; may be called at any time. */
  @Override
  public void close() {
    router.close();
    List<Thread> stopping =
        processes.values().stream()
            .map(process -> Thread.ofVirtual().name("stop").start(process::stop))
            .toList();
    stopping.forEach(LocalStack::join);
    parts.close();
    data.close();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> names(Service service) {
    if (service != Service.WORKER) {
      return List.of(service.module());
    }
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= settings.workers(); i++) {
      names.add(service.module() + "-" + i);
    }
    return names;
  }

  private ServiceProcess describe(
      Service service, String name, int port, AppImage image, Wiring wiring) {
    Map<String, String> environment = wiring.environment(service, name, port);
    settings
        .checkpoints()
        .ifPresent(folder -> environment.put("DAILIES_CHECKPOINTS", folder.toString()));
    if (service == Service.ANIMATIC && settings.animaticControls()) {
      environment.put("DAILIES_ANIMATIC_CONTROLS", "true");
    }
    environment.putAll(settings.environment(service));
    return new ServiceProcess(
        name,
        service,
        origin(port),
        freshLog(name),
        image.command(
            new JvmOptions(service.heapMegabytes(), service.hashes(), temporary),
            settings.training()),
        environment,
        settings.restart(),
        settings.grace(),
        settings.console());
  }

  /** The log of this run; that of the run before is kept beside it. */
  private Path freshLog(String name) {
    Path log = data.sub("logs").resolve(name + ".log");
    try {
      if (Files.exists(log)) {
        Files.move(
            log, log.resolveSibling(name + ".previous.log"), StandardCopyOption.REPLACE_EXISTING);
      }
      Files.createFile(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return log;
  }

  private URI required(Service service) {
    return Optional.ofNullable(origins.get(service)).orElseThrow();
  }

  private static URI origin(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }
}
