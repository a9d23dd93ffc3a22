package dev.dailies.worker.endpoint;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether each endpoint would take a submit now, as this worker sees it: asked at an interval, and
 * told by whoever meets trouble in between. An endpoint that is down gets no work until a check
 * says that it is back.
 */
public final class EndpointWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EndpointWatch.class);

  private final EndpointRegistry registry;
  private final Duration interval;
  private final Runnable onChange;
  private final Map<String, String> down = new ConcurrentHashMap<>();
  private final Map<String, AtomicBoolean> asking = new ConcurrentHashMap<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("endpoint-watch").factory());

  public EndpointWatch(EndpointRegistry registry, Duration interval, Runnable onChange) {
    this.registry = registry;
    this.interval = interval;
    this.onChange = onChange;
  }

  public void start() {
    clock.scheduleWithFixedDelay(this::askAll, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void askAll() {
    for (EndpointRegistry.Entry entry : registry.all()) {
      String name = entry.definition().name();
      AtomicBoolean busy = asking.computeIfAbsent(name, n -> new AtomicBoolean());
      // One wedged endpoint delays the news of no other, and is asked once at a time.
      if (busy.compareAndSet(false, true)) {
        Thread.ofVirtual()
            .name("check-" + name)
            .start(() -> {
              try {
                ask(entry);
              } finally {
                busy.set(false);
              }
            });
      }
    }
  }

  private void ask(EndpointRegistry.Entry entry) {
    switch (entry.endpoint().check()) {
      case EndpointCheck.Up up -> noteUp(entry.definition().name());
      case EndpointCheck.Down trouble -> noteDown(entry.definition().name(), trouble.reason());
    }
  }

  private void noteUp(String name) {
    if (down.remove(name) != null) {
      log.info("Endpoint {} is back", name);
      onChange.run();
    }
  }

  /** A submit has met trouble that others would meet too. */
  public void noteDown(String name, String reason) {
    if (!reason.equals(down.put(name, reason))) {
      log.warn("Endpoint {} is down: {}", name, reason);
      onChange.run();
    }
  }

  /** Why the endpoint is down; empty when it is up. */
  public Optional<String> downReason(String name) {
    return Optional.ofNullable(down.get(name));
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
