package dev.dailies.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Many watch a batch through the one origin: some leave and come back, some don't read, and
 * prompt-service is killed meanwhile. Each is told every event once and in order.
 */
class WatchersTest {
  private static final int WATCHERS = Integer.getInteger("dailies.watchers", 100);
  private static final int GENERATIONS = Integer.getInteger("dailies.generations", 60);
  private static final long SEED = Long.getLong("dailies.seed", System.nanoTime());
  private static final Duration RETRIES = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final SharedStack stack = SharedStack.get();
  private final DailiesClient client = stack.client("dailies-local");
  private final ServiceProcess service = stack.parts().named("prompt-service");
  private final CountDownLatch slowOnesRead = new CountDownLatch(1);
  private final List<EventSource> watchers = new ArrayList<>();

  @Test
  void eachIsToldEveryEventOnceAndInOrder() throws Exception {
    String project =
        client.post("/api/projects", Map.of("title", UUID.randomUUID().toString())).text("id");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient http =
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads)
                .build()) {
      try {
        long heap = LiveHeap.bytes(service);
        long first = newest(http);
        watch(http, threads, first);
        int half = GENERATIONS / 2;
        submit(project, 0, half, threads);
        long watched = LiveHeap.bytes(service);
        Instant killed = Instant.now();
        service.kill();
        List<Future<?>> meanwhile = submitting(project, half, GENERATIONS, threads);
        service.start();
        for (Future<?> each : meanwhile) {
          each.get();
        }
        Duration back = Duration.between(killed, Instant.now());
        client.post("/api/projects/" + project + "/cancel", Map.of());
        long last = newest(http);
        slowOnesRead.countDown();
        assertThat(last - first).isGreaterThanOrEqualTo(3L * GENERATIONS);
        Instant cancelled = Instant.now();
        await()
            .atMost(PATIENCE)
            .untilAsserted(() ->
                assertThat(watchers.stream().filter(w -> w.last() < last || w.gaveUp().isPresent()))
                    .as("behind %d", last)
                    .isEmpty());
        Duration settled = Duration.between(cancelled, Instant.now());
        List<Long> all = LongStream.rangeClosed(first + 1, last).boxed().toList();
        for (EventSource watcher : watchers) {
          assertThat(watcher.gaveUp()).as("an answer other than 200").isEmpty();
          assertThat(watcher.toldUpTo(last)).as("seed " + SEED).isEqualTo(all);
        }
        print(all.size(), back, settled, heap, watched);
      } finally {
        watchers.forEach(EventSource::stop);
        threads.shutdownNow();
        http.shutdownNow();
      }
    }
  }

  /** Each tenth leaves now and then, another tenth does not read until the end. */
  private void watch(HttpClient http, ExecutorService threads, long first) {
    Random random = new Random(SEED);
    for (int i = 0; i < WATCHERS; i++) {
      CountDownLatch reading = i % 10 == 1 ? slowOnesRead : new CountDownLatch(0);
      watchers.add(
          new EventSource(
              http,
              stack.parts().origin().resolve("/api/events"),
              first,
              i % 10 == 0,
              reading,
              random.nextLong()));
    }
    watchers.forEach(threads::execute);
    await()
        .atMost(PATIENCE)
        .until(() -> watchers.stream().allMatch(watcher -> watcher.connections() > 0));
  }

  private void submit(String project, int from, int to, ExecutorService threads) throws Exception {
    for (Future<?> each : submitting(project, from, to, threads)) {
      each.get();
    }
  }

  /** Most wait for ever, until they are cancelled; each twentieth is made. */
  private List<Future<?>> submitting(String project, int from, int to, ExecutorService threads) {
    List<Future<?>> all = new ArrayList<>();
    String run = UUID.randomUUID().toString();
    int lanes = 8;
    for (int lane = 0; lane < lanes; lane++) {
      int mine = lane;
      all.add(
          threads.submit(() -> {
            for (int i = from + mine; i < to; i += lanes) {
              String notBefore = i % 20 == 0 ? "2001-01-01T00:00:00Z" : "2100-01-01T00:00:00Z";
              client.postWithRetries(
                  "/api/generations",
                  Map.of(
                      "prompt",
                      "Heron " + i,
                      "seconds",
                      "1",
                      "size",
                      "160x90",
                      "project",
                      project,
                      "not_before",
                      notBefore),
                  run + "/" + i,
                  RETRIES);
            }
          }));
    }
    return all;
  }

  private long newest(HttpClient http) throws Exception {
    try (var lines =
        http.send(
                java.net.http.HttpRequest.newBuilder(stack.parts().origin().resolve("/api/events"))
                    .header("Authorization", "Bearer dailies-local")
                    .build(),
                java.net.http.HttpResponse.BodyHandlers.ofLines())
            .body()) {
      return lines
          .filter(line -> line.startsWith("id: "))
          .mapToLong(line -> Long.parseLong(line.substring(4)))
          .findFirst()
          .orElseThrow();
    }
  }

  private void print(int events, Duration back, Duration settled, long heap, long watched) {
    List<Long> delays =
        watchers.stream().flatMap(watcher -> watcher.delays().stream()).sorted().toList();
    System.out.printf(
        "%d watchers, %d events each, %d connections; after kill -9 all was accepted in %d ms; the"
            + " last knew all %d ms after the end; delay p50 %d ms, p90 %d ms (with outage and"
            + " those who don't read); live heap of prompt-service %d KiB without, %d KiB with"
            + " watchers%n",
        WATCHERS,
        events,
        watchers.stream().mapToInt(EventSource::connections).sum(),
        back.toMillis(),
        settled.toMillis(),
        delays.get(delays.size() / 2),
        delays.get(delays.size() * 9 / 10),
        heap >> 10,
        watched >> 10);
  }
}
