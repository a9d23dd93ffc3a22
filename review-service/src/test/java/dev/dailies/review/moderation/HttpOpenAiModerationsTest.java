package dev.dailies.review.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.dailies.review.board.Wording;
import dev.dailies.review.moderation.Signal.Medium;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The adapter against a server that speaks the protocol. */
class HttpOpenAiModerationsTest {
  private static final String CALM =
      """
      {"id":"modr-1","model":"omni-moderation-latest","results":[{"flagged":false,
       "categories":{"violence":false},"category_scores":{"violence":0.002},
       "category_applied_input_types":{"violence":["text","image"]}}]}
      """;
  private static final String FLAGGED =
      """
      {"id":"modr-2","model":"omni-moderation-latest","results":[{"flagged":true,
       "categories":{"violence":true,"hate":true,"sexual":false},
       "category_scores":{"violence":0.91,"hate":0.2,"sexual":0.00001},
       "category_applied_input_types":{"violence":["image"],"hate":["text"],"sexual":[]}}]}
      """;

  private final JsonMapper json = new JsonMapper();
  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final CountDownLatch release = new CountDownLatch(1);
  private HttpServer server;
  private volatile int status = 200;
  private volatile String answer = CALM;
  private volatile boolean hang;
  private volatile boolean half;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/v1/moderations",
        exchange -> {
          asked.add(json.readTree(exchange.getRequestBody().readAllBytes()));
          keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
          if (hang) {
            awaitRelease();
          }
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Retry-After", "7");
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body, 0, half ? body.length / 2 : body.length);
          if (half) {
            exchange.getResponseBody().flush();
            awaitRelease();
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    release.countDown();
    server.stop(0);
  }

  private void awaitRelease() {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpOpenAiModerations provider() {
    return new HttpOpenAiModerations(
        HttpClient.newHttpClient(),
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"),
        "sk-test",
        "omni-moderation-latest",
        Duration.ofMillis(500),
        json);
  }

  private static Evidence evidence(int frames) {
    byte[] rgb = new byte[16 * 16 * 3];
    Frame frame = new Frame(Duration.ZERO, 16, 16, rgb);
    return new Evidence(
        "ast",
        Optional.of(
            new Wording(
                "a lake",
                Optional.of("no boats"),
                List.of("dawn"),
                List.of("A: hello"),
                List.of(),
                List.of())),
        Map.of(),
        List.of(),
        java.util.Collections.nCopies(frames, frame),
        Optional.empty());
  }

  private List<Signal> assessed(Judgement judgement) {
    return ((Judgement.Assessed) judgement).signals();
  }

  @Test
  void sendsTheTextWithTheFirstPictureAndOnePicturePerRequest() throws IOException {
    assertThat(assessed(provider().judge(evidence(3)))).isEmpty();
    assertThat(keys).hasSize(3).containsOnly("Bearer sk-test");
    assertThat(asked).allMatch(r -> r.path("model").asString().equals("omni-moderation-latest"));
    assertThat(asked.get(0).path("input")).hasSize(2);
    assertThat(asked.get(0).path("input").get(0).path("type").asString()).isEqualTo("text");
    assertThat(asked.get(0).path("input").get(0).path("text").asString())
        .isEqualTo("a lake\ndawn\nA: hello");
    for (JsonNode request : asked.subList(1, 3)) {
      assertThat(request.path("input")).hasSize(1);
    }
    String url = asked.get(2).path("input").get(0).path("image_url").path("url").asString();
    assertThat(url).startsWith("data:image/jpeg;base64,");
    byte[] jpeg = Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1));
    assertThat(ImageIO.read(new ByteArrayInputStream(jpeg)).getWidth()).isEqualTo(16);
  }

  @Test
  void scoresBecomeSignalsAndNoiseDoesNot() {
    answer = FLAGGED;
    assertThat(assessed(provider().judge(evidence(2))))
        .containsExactlyInAnyOrder(
            Signal.scored("openai-moderations", "violence", Medium.FRAME, 0.91),
            Signal.scored("openai-moderations", "hate", Medium.TEXT, 0.2),
            Signal.of("openai-moderations", "flagged", Medium.FRAME));
  }

  @Test
  void everyErrorIsUnavailableAndAskedOnlyOnce() {
    for (int code : List.of(400, 401, 429, 500, 503)) {
      asked.clear();
      status = code;
      assertThat(provider().judge(evidence(3)))
          .isEqualTo(new Judgement.Unavailable("HTTP " + code, Optional.of(Duration.ofSeconds(7))));
      assertThat(asked).hasSize(1);
    }
  }

  @Test
  void anAnswerThatSaysNothingClearsNothing() {
    for (String body :
        List.of(
            "",
            "no json",
            "{}",
            "{\"results\":[]}",
            "{\"results\":[{\"flagged\":false}]}",
            "{\"results\":[{\"flagged\":false,\"category_scores\":{\"hate\":\"high\"}}]}")) {
      answer = body;
      assertThat(provider().judge(evidence(1))).isInstanceOf(Judgement.Unavailable.class);
    }
  }

  @Test
  void aServerThatHangsIsUnavailable() {
    hang = true;
    assertThat(provider().judge(evidence(1))).isInstanceOf(Judgement.Unavailable.class);
  }

  @Test
  void aServerThatHangsInTheMiddleOfItsAnswerIsUnavailable() {
    half = true;
    assertThat(provider().judge(evidence(1))).isInstanceOf(Judgement.Unavailable.class);
  }

  @Test
  void theWholeTextIsJudgedHoweverLongItIs() {
    String prompt = "\uD83C\uDF0A".repeat(40_000) + "the end";
    Wording wording =
        new Wording(prompt, Optional.empty(), List.of(), List.of(), List.of(), List.of());
    Evidence evidence =
        new Evidence("ast", Optional.of(wording), Map.of(), List.of(), List.of(), Optional.empty());
    assertThat(assessed(provider().judge(evidence))).isEmpty();
    assertThat(
            asked.stream()
                .map(request -> request.path("input").get(0).path("text").asString())
                .toList())
        .allMatch(text -> text.length() <= 32_000)
        .satisfies(texts -> assertThat(String.join("", texts)).isEqualTo(prompt));
  }

  @Test
  void noServerIsUnavailable() {
    HttpOpenAiModerations provider = provider();
    server.stop(0);
    assertThat(provider.judge(evidence(1))).isInstanceOf(Judgement.Unavailable.class);
  }
}
