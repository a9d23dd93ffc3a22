package dev.dailies.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import dev.dailies.testkit.FaultProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The official clients with their retries on, and a network that loses the answer to what the
 * server has done: whatever they do then, one generation is made and paid.
 */
class LostAnswersTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String KEY = "dailies-local";

  private static FaultProxy network;
  private static DailiesClient producer;
  private static String source;
  private static ExecutorService threads;

  @BeforeAll
  static void start() {
    network = FaultProxy.to(SharedStack.get().parts().origin());
    producer = SharedStack.get().client(KEY);
    threads = Executors.newVirtualThreadPerTaskExecutor();
    source = producer.submit("what others are made of");
  }

  @AfterAll
  static void stop() {
    network.close();
    threads.close();
  }

  @AfterEach
  void mend() {
    network.pass();
  }

  @Test
  void theNodeClientAsksAgainAndMakesOne() throws Exception {
    Path picture =
        Files.write(SharedStack.get().folder().resolve("a.png"), OpenAiJavaClient.picture());
    for (List<String> call :
        List.of(
            List.of("reference", picture.toAbsolutePath().toString()),
            List.of("remix", source),
            List.of("edit", source))) {
      asksAgain(prompt ->
          OpenAiNodeClient.run(
                  "once.mjs", network.http() + "/v1", KEY, call.getFirst(), prompt, call.getLast())
              .strip());
    }
  }

  @Test
  void theJavaClientAsksAgainAndMakesOne() throws Exception {
    List<Creating> calls =
        List.of(
            (client, prompt) -> client.videos().create(OpenAiJavaClient.form(prompt).build()).id(),
            (client, prompt) ->
                client.videos().extend(OpenAiJavaClient.extensionOf(source, prompt)).id());
    for (Creating call : calls) {
      asksAgain(prompt -> {
        OpenAIClient client = client(Duration.ofMinutes(1));
        try {
          return call.with(client, prompt);
        } finally {
          client.close();
        }
      });
    }
  }

  /** Its patience ends before the answer comes; meanwhile the first request is still held open. */
  @Test
  void aClientThatGivesUpWaitingAndAsksAgainMakesOne() throws Exception {
    String prompt = "late " + UUID.randomUUID();
    int before = network.accepted();
    network.withhold();
    OpenAIClient client = client(Duration.ofSeconds(3));
    try {
      Future<String> id =
          threads.submit(() -> client.videos().create(OpenAiJavaClient.form(prompt).build()).id());
      await().atMost(SOON).until(() -> network.accepted() > before + 1);
      network.pass();
      assertThat(made(prompt)).containsExactly(id.get());
    } finally {
      client.close();
    }
    assertPaidOnce(made(prompt).getFirst());
  }

  @Test
  void aClientKilledInMidCreateAndStartedAgainWithItsKeyMakesOne() throws Exception {
    String prompt = "killed " + UUID.randomUUID();
    String key = UUID.randomUUID().toString();
    network.withhold();
    Process first =
        OpenAiNodeClient.start("once.mjs", network.http() + "/v1", KEY, "keyed", prompt, key);
    await().atMost(SOON).until(() -> made(prompt).size() == 1);
    assertThat(first.isAlive()).as("has no answer yet").isTrue();
    first.destroyForcibly().waitFor();
    network.pass();

    String id =
        OpenAiNodeClient.run("once.mjs", network.http() + "/v1", KEY, "keyed", prompt, key).strip();

    assertThat(made(prompt)).containsExactly(id);
    assertPaidOnce(id);
  }

  private interface Creating {
    String with(OpenAIClient client, String prompt);
  }

  private interface Asking {
    String ask(String prompt) throws Exception;
  }

  /** The answer is cut off; the way is free again once the server is seen to have acted. */
  private static void asksAgain(Asking asking) throws Exception {
    String prompt = "cut off " + UUID.randomUUID();
    int before = network.accepted();
    network.cutDownloadAfter(0);
    Future<String> id = threads.submit((Callable<String>) () -> asking.ask(prompt));
    await().atMost(SOON).pollInterval(Duration.ofMillis(20)).until(() -> !made(prompt).isEmpty());
    network.pass();
    assertThat(made(prompt)).containsExactly(id.get());
    assertThat(network.accepted() - before).as("tries").isGreaterThan(1);
    assertPaidOnce(id.get());
  }

  private static void assertPaidOnce(String id) {
    producer.awaitVideo(id, "completed", SOON);
    var renders = producer.generation(id).body().path("renders");
    assertThat(renders).hasSize(1);
    assertThat(SharedStack.get().journal().paidSubmits(renders.get(0).path("id").asString()))
        .isEqualTo(1);
  }

  private static List<String> made(String prompt) {
    return StreamSupport.stream(
            producer.get("/v1/videos?limit=100").body().path("data").spliterator(), false)
        .filter(video -> video.path("prompt").asString("").equals(prompt))
        .map(video -> video.path("id").asString())
        .toList();
  }

  private static OpenAIClient client(Duration patience) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(network.http() + "/v1")
        .apiKey(KEY)
        .timeout(patience)
        .build();
  }
}
