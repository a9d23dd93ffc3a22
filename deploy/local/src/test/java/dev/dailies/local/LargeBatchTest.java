package dev.dailies.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dailies.local.DailiesClient.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A batch that is cut off by a kill -9, then sent twice at once, listed and cancelled: no item
 * twice, none missing, and a heap that does not grow with it.
 */
class LargeBatchTest {
  private static final int ITEMS = Integer.getInteger("dailies.batch", 1000);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long MIB = 1L << 20;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final SharedStack stack = SharedStack.get();
  private final DailiesClient client = stack.client("dailies-local");
  private final ServiceProcess service = stack.parts().named("prompt-service");
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Long> latencies = new ArrayList<>();
  private final List<Long> heaps = new ArrayList<>();

  private static String body(String project) {
    return IntStream.range(0, ITEMS)
        .mapToObj(i ->
            """
            {"key":"%1$s/%2$d","prompt":"Heron %2$d","project":"%1$s","size":"160x90",\
            "not_before":"2100-01-01T00:00:00Z"}
            """
                .formatted(project, i))
        .collect(Collectors.joining());
  }

  private BufferedReader send(String body) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        http.send(
            HttpRequest.newBuilder(stack.parts().origin().resolve("/api/generations:batch"))
                .header("Authorization", "Bearer dailies-local")
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  private List<JsonNode> answers(String body) {
    try (BufferedReader lines = send(body)) {
      return lines.lines().map(JSON::readTree).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void cutOffByAKillAndSentTwiceAtOnceNothingIsTwiceAndNothingIsMissing() throws Exception {
    String project =
        client.post("/api/projects", Map.of("title", UUID.randomUUID().toString())).text("id");
    String body = body(project);
    cutOff(body);

    Instant began = Instant.now();
    CompletableFuture<List<JsonNode>> one = CompletableFuture.supplyAsync(() -> answers(body));
    CompletableFuture<List<JsonNode>> two = CompletableFuture.supplyAsync(() -> answers(body));
    watchHeapAndOthers(CompletableFuture.allOf(one, two));
    Duration took = Duration.between(began, Instant.now());

    List<JsonNode> first = one.get();
    List<JsonNode> second = two.get();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < ITEMS; i++) {
      assertThat(first.get(i)).isEqualTo(second.get(i));
      ids.add(first.get(i).at("/id").asString());
    }
    assertThat(ids).hasSize(ITEMS);
    int accepted =
        first.getLast().at("/accepted").asInt() + second.getLast().at("/accepted").asInt();
    assertThat(accepted).isBetween(ITEMS / 4, ITEMS);
    assertThat(listed(project)).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(heaps.getLast() - heaps.getFirst()).isLessThan(24 * MIB);

    Instant asked = Instant.now();
    assertThat(cancelled(project)).isEqualTo(ITEMS);
    Duration cancelling = Duration.between(asked, Instant.now());
    Answer again = client.post("/api/projects/" + project + "/cancel", Map.of());
    assertThat(again.body().at("/cancelled").asInt()).isZero();
    assertThat(again.body().at("/already_ended").asInt()).isEqualTo(ITEMS);
    print(accepted, took, cancelling);
  }

  /** Reads a third of the answers, kills the service, and brings it back. */
  private void cutOff(String body) throws Exception {
    try (BufferedReader lines = send(body)) {
      for (int i = 0; i < ITEMS / 3; i++) {
        assertThat(JSON.readTree(lines.readLine()).at("/id").asString()).isNotEmpty();
      }
      service.kill();
      String summary = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        summary = line;
      }
      assertThat(summary).doesNotContain("batch.summary");
    } catch (IOException cut) {
      assertThat(service.pid()).isEmpty();
    }
    service.start();
    await().atMost(PATIENCE).until(service::ready);
  }

  /** Meanwhile another submits now and then, and the heap is looked at. */
  private void watchHeapAndOthers(CompletableFuture<?> batch) {
    do {
      heaps.add(LiveHeap.bytes(service));
      for (int i = 0; i < 10; i++) {
        long from = System.nanoTime();
        client.post(
            "/api/generations",
            Map.of("prompt", "Other", "size", "160x90", "not_before", "2100-01-01T00:00:00Z"));
        latencies.add((System.nanoTime() - from) / 1_000_000);
      }
    } while (!batch.isDone());
    heaps.add(LiveHeap.bytes(service));
  }

  /** As many calls as it takes: each answers in time, and says what is left. */
  private int cancelled(String project) {
    int cancelled = 0;
    Answer answer;
    do {
      answer = client.post("/api/projects/" + project + "/cancel", Map.of());
      assertThat(answer.body().at("/already_ended").asInt()).as("%s", answer).isEqualTo(cancelled);
      cancelled += answer.body().at("/cancelled").asInt();
      assertThat(answer.body().at("/remaining").asInt()).isEqualTo(ITEMS - cancelled);
    } while (cancelled < ITEMS);
    return cancelled;
  }

  /** All of a project, page by page. */
  private List<String> listed(String project) {
    List<String> all = new ArrayList<>();
    String after = "";
    do {
      Answer page = client.get("/api/generations?limit=200&project=" + project + after);
      page.body().path("data").forEach(entry -> all.add(entry.path("id").asString()));
      boolean more = page.body().path("has_more").booleanValue();
      after = more ? "&after=" + page.text("next_cursor") : "";
    } while (!after.isEmpty());
    return all;
  }

  private void print(int accepted, Duration took, Duration cancelling) {
    List<Long> sorted = latencies.stream().sorted().toList();
    System.out.printf(
        "%d items: %d taken in by two equal batches in %d ms (%d a second); another's POST p50 %d"
            + " ms, p99 %d ms, of %d; live heap of prompt-service %s KiB; cancelled in %d ms%n",
        ITEMS,
        accepted,
        took.toMillis(),
        accepted * 1000L / Math.max(1, took.toMillis()),
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() * 99 / 100),
        sorted.size(),
        heaps.stream().map(bytes -> bytes >> 10).toList(),
        cancelling.toMillis());
  }
}
