package dev.dailies.prompt.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.Topic;
import dev.dailies.contracts.event.GenerationAccepted;
import dev.dailies.contracts.event.GenerationSpec;
import dev.dailies.prompt.Crew;
import dev.dailies.prompt.Stage;
import dev.dailies.prompt.Stage.Answer;
import dev.dailies.testkit.TestTopics;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The HTTP surface, as its clients see it. Nothing is released here: the pool has no worker. */
class VideosApiTest {
  private static final Stage stage = Stage.shared();

  private static Map<String, Object> asked(Object... fields) {
    Map<String, Object> body = new HashMap<>();
    body.put("prompt", "A heron lifts off at dawn");
    for (int i = 0; i < fields.length; i += 2) {
      body.put((String) fields[i], fields[i + 1]);
    }
    return body;
  }

  @Test
  void answersWithAVideoAndTheUsualValues() {
    Answer answer = stage.post("/v1/videos", asked());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("openai-poll-after-ms")).matches("[0-9]+");
    JsonNode video = answer.body();
    assertThat(video.at("/id").asString()).startsWith(GenerationId.PREFIX);
    assertThat(video.at("/object").asString()).isEqualTo("video");
    assertThat(video.at("/model").asString()).isEqualTo("animatic-1");
    assertThat(video.at("/status").asString()).isEqualTo("queued");
    assertThat(video.at("/progress").isInt()).isTrue();
    assertThat(video.at("/size").asString()).isEqualTo("1280x720");
    assertThat(video.at("/seconds").isString()).isTrue();
    assertThat(video.at("/seconds").asString()).isEqualTo("4");
    assertThat(video.at("/created_at").isIntegralNumber()).isTrue();
    assertThat(video.at("/error").isNull()).isTrue();
    assertThat(stage.get("/v1/videos/" + video.at("/id").asString()).body()).isEqualTo(video);
  }

  @Test
  void takesTheFieldsOfAForm() {
    String boundary = "heron";
    StringBuilder form = new StringBuilder();
    Map.of("prompt", "Ein Reiher, früh", "seconds", "8", "seed", "7", "metadata[team]", "north")
        .forEach((name, value) ->
            form.append("--heron\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
    form.append("--heron--\r\n");
    Answer answer =
        stage.send(
            stage
                .request(Stage.OWNER, "/v1/videos")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(
                    HttpRequest.BodyPublishers.ofByteArray(
                        form.toString().getBytes(StandardCharsets.UTF_8)))
                .build());

    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
    assertThat(answer.text("/prompt")).isEqualTo("Ein Reiher, früh");
    JsonNode generation = stage.generation(answer.text("/id"));
    assertThat(generation.at("/specification/seconds").asInt()).isEqualTo(8);
    assertThat(generation.at("/specification/seed").asInt()).isEqualTo(7);
    assertThat(generation.at("/metadata/team").asString()).isEqualTo("north");
    assertThat(generation.at("/cost/estimated/amount").asString()).isEqualTo("2.000000");
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(asked("model", "sora-9"), 404, "model_not_found", "model", "/v1/models"),
        Arguments.of(asked("model", "old-1"), 400, "model_retired", "model", "animatic-1"),
        Arguments.of(asked("size", "1x1"), 400, "unsupported_size", "size", "1280x720"),
        Arguments.of(asked("size", "wide"), 400, "unsupported_size", "size", "1280x720"),
        Arguments.of(asked("seconds", "99"), 400, "unsupported_length", "seconds", "20"),
        Arguments.of(asked("seconds", 4.5), 400, "unsupported_length", "seconds", "20"),
        Arguments.of(asked("seconds", List.of()), 400, "invalid_request", "seconds", "number"),
        Arguments.of(asked("prompt", ""), 400, "invalid_request", "prompt", "32000"),
        Arguments.of(
            asked("prompt", "x".repeat(33_000)), 400, "invalid_request", "prompt", "32000"),
        Arguments.of(asked("prompt", 7), 400, "invalid_request", "prompt", "string"),
        Arguments.of(asked("prompt", "a\u0000b"), 400, "invalid_request", "prompt", "NUL"),
        Arguments.of(Map.of("model", "animatic-1"), 400, "invalid_request", "prompt", "needed"),
        Arguments.of(asked("seed", "many"), 400, "invalid_request", "seed", "whole"),
        Arguments.of(asked("audio", "loud"), 400, "invalid_request", "audio", "ambience"),
        Arguments.of(
            asked("model", "m-first", "audio", true), 400, "invalid_request", "audio", "no sound"),
        Arguments.of(asked("deadline", 1), 400, "invalid_request", "deadline", "passed"),
        Arguments.of(asked("priority", "now"), 400, "invalid_request", "priority", "bulk"),
        Arguments.of(asked("shot", "shot_1"), 404, "not_found", "shot", "no such shot"),
        Arguments.of(asked("beats", "x"), 400, "invalid_request", "beats", "JSON"),
        Arguments.of(
            asked("beats", List.of(Map.of("seconds", 5, "text", "A reed"))),
            400,
            "invalid_request",
            "beats",
            "longer"),
        Arguments.of(
            asked("model", "m-first", "input_reference", "ref_01jxxxxxxxxxxxxxxxxxxxxxxx"),
            400,
            "unsupported_reference",
            "input_reference",
            "prompt alone"),
        Arguments.of(
            asked("input_reference", "video_1"), 404, "not_found", "input_reference", "no such"),
        Arguments.of(asked("not_before", "soon"), 400, "invalid_request", "not_before", "1970"),
        Arguments.of(
            asked("not_before", "+300000-01-01T00:00:00Z"),
            400,
            "invalid_request",
            "not_before",
            "too far"),
        Arguments.of(
            asked("metadata", Map.of("a", 1)), 400, "invalid_request", "metadata", "strings"),
        Arguments.of(
            asked("input_reference", Map.of("image_url", "x")),
            400,
            "invalid_request",
            "input_reference.image_url",
            "data URL"));
  }

  @ParameterizedTest
  @MethodSource
  void refused(Object body, int status, String code, String param, String says) {
    Answer answer = stage.post("/v1/videos", body);

    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(status);
    assertThat(answer.text("/error/code")).isEqualTo(code);
    assertThat(answer.text("/error/param")).isEqualTo(param);
    assertThat(answer.text("/error/message")).contains(says);
    assertThat(answer.text("/error/type")).isEqualTo("invalid_request_error");
    assertThat(answer.header("x-should-retry")).isEqualTo("false");
  }

  @Test
  void refusesWhatIsNotJson() {
    for (String body : List.of("{\"prompt\":", "[]", "\"x\"", "{\"prompt\": \"\\ud800\"}", "")) {
      Answer answer = stage.post("/v1/videos", body);
      assertThat(answer.status()).as(body).isEqualTo(400);
      assertThat(answer.text("/error/code")).as(body).isIn("invalid_body", "invalid_request");
    }
    assertThat(stage.post("/v1/videos", "[".repeat(100_000)).status()).isEqualTo(400);
    assertThat(stage.post("/v1/videos", asked("x", "y".repeat(30_000_000))).status())
        .isEqualTo(413);
  }

  @Test
  void unknownFieldsAreTolerated() {
    assertThat(stage.post("/v1/videos", asked("user", "u", "guidance_scale", 7)).status())
        .isEqualTo(200);
  }

  @Test
  void onlyAKeyWithTheRoleMayCreate() {
    HttpRequest.Builder request = stage.request("nobody-knows-me", "/v1/videos");
    Answer unknown =
        stage.send(
            request
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"x\"}"))
                .build());
    assertThat(unknown.status()).isEqualTo(401);
    assertThat(unknown.text("/error/code")).isEqualTo("invalid_api_key");

    Answer reviewer =
        stage.send(
            stage
                .request(Stage.REVIEWER, "/v1/videos")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"x\"}"))
                .build());
    assertThat(reviewer.status()).isEqualTo(403);
    assertThat(stage.get(Stage.REVIEWER, "/v1/models").status()).isEqualTo(200);
  }

  @Test
  void unknownForeignAndMalformedIdsAreToldApartByNobody() {
    String mine = stage.accepted("animatic-1", Map.of());
    List<Answer> answers =
        List.of(
            stage.get(Stage.STRANGER, "/v1/videos/" + mine),
            stage.get("/v1/videos/" + GenerationId.mint()),
            stage.get("/v1/videos/video_1"),
            stage.get("/v1/videos/%00"));
    assertThat(answers.subList(0, 3))
        .allSatisfy(answer -> {
          assertThat(answer.status()).isEqualTo(404);
          assertThat(answer.raw().body()).isEqualTo(answers.getFirst().raw().body());
        });
    assertThat(answers.getLast().status()).isBetween(400, 404);

    Answer cancel =
        stage.send(
            stage
                .request(Stage.STRANGER, "/api/generations/" + mine + "/cancel")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    assertThat(cancel.status()).isEqualTo(404);
    assertThat(stage.get(Stage.STRANGER, "/api/generations/" + mine).status()).isEqualTo(404);
    assertThat(stage.state(mine)).isEqualTo("waiting");
  }

  @Test
  void twoHundredRepeatsOfOneKeyAreOneGeneration() throws Exception {
    String key = UUID.randomUUID().toString();
    Set<String> bodies = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Answer>> repeats = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        // The usual length written out, and left out, is the same request.
        Map<String, Object> body = i % 2 == 0 ? asked("seconds", 4) : asked();
        repeats.add(() -> stage.post("/v1/videos", body, "Idempotency-Key", key));
      }
      for (Future<Answer> repeat : threads.invokeAll(repeats)) {
        assertThat(repeat.get().status()).isEqualTo(200);
        bodies.add(repeat.get().raw().body());
      }
    }
    assertThat(bodies).hasSize(1);

    Answer other =
        stage.post("/v1/videos", asked("prompt", "Another bird"), "Idempotency-Key", key);
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.text("/error/code")).isEqualTo("idempotency_key_reused");
    assertThat(other.header("x-should-retry")).isEqualTo("false");
    assertThat(stage.post("/v1/videos", asked(), "Idempotency-Key", "a b").status()).isEqualTo(400);
  }

  @Test
  void aKeyIsItsWorkspacesOwn() {
    String key = UUID.randomUUID().toString();
    String mine = stage.post("/v1/videos", asked(), "Idempotency-Key", key).text("/id");
    Answer theirs =
        stage.send(
            stage
                .request(Stage.STRANGER, "/v1/videos")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"x\"}"))
                .build());
    assertThat(theirs.status()).isEqualTo(200);
    assertThat(theirs.text("/id")).isNotEqualTo(mine);
  }

  @Test
  void listsOverPagesInBothDirections() {
    List<String> mine =
        IntStream.range(0, 5).mapToObj(i -> stage.accepted("animatic-1", Map.of())).toList();

    Answer first = stage.get("/v1/videos?limit=2&order=asc&after=" + mine.get(1));
    assertThat(first.text("/object")).isEqualTo("list");
    assertThat(first.text("/first_id")).isEqualTo(mine.get(2));
    assertThat(first.text("/last_id")).isEqualTo(mine.get(3));
    assertThat(first.body().at("/has_more").booleanValue()).isTrue();
    Answer back = stage.get("/v1/videos?limit=100&after=" + mine.get(4));
    assertThat(back.text("/first_id")).isEqualTo(mine.get(3));
    assertThat(stage.get(Stage.STRANGER, "/v1/videos?limit=100").raw().body())
        .doesNotContain(mine.getFirst());
    for (String bad : List.of("limit=101", "limit=-1", "limit=x", "order=up", "after=1")) {
      assertThat(stage.get("/v1/videos?" + bad).status()).as(bad).isEqualTo(400);
    }
    assertThat(stage.get("/v1/videos?limit=0").body().at("/data").size()).isZero();
  }

  @Test
  void aWaitingGenerationIsCancelledAtOnceAndOnlyOnce() {
    String id = stage.accepted("animatic-1", Map.of());

    Answer cancelled = stage.post("/api/generations/" + id + "/cancel", "");
    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(cancelled.text("/state")).isEqualTo("cancelled");
    Answer video = stage.get("/v1/videos/" + id);
    assertThat(video.text("/status")).isEqualTo("failed");
    assertThat(video.text("/error/code")).isEqualTo("cancelled");
    assertThat(video.header("openai-poll-after-ms")).isEmpty();

    Answer again = stage.post("/api/generations/" + id + "/cancel", "");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.text("/code")).isEqualTo("already_ended");
    assertThat(again.header("x-should-retry")).isEqualTo("false");
  }

  @Test
  void namesModelsWithWhatTheyCan() {
    Answer all = stage.get("/v1/models");
    assertThat(all.raw().body()).contains("animatic-1").doesNotContain("old-1");
    Answer one = stage.get("/v1/models/animatic-1");
    assertThat(one.text("/object")).isEqualTo("model");
    assertThat(one.text("/price_per_second/currency")).isEqualTo("USD");
    assertThat(stage.get("/v1/models/none").text("/error/code")).isEqualTo("model_not_found");
  }

  @Test
  void theLogKnowsNoWordOfThePromptAndTheSpecificationKnowsThemAll() {
    String word = "quokka" + UUID.randomUUID();
    String id =
        stage.accepted(
            "animatic-1", Map.of("prompt", word, "metadata", Map.of("note", word + "-note")));

    var spec =
        TestTopics.shared()
            .await(Topic.GENERATION_SPECS.topicName(), record -> id.equals(record.key()));
    assertThat(((GenerationSpec) Crew.decode(spec)).getText().getPrompt()).isEqualTo(word);
    var event =
        TestTopics.shared()
            .await(Topic.GENERATION_EVENTS.topicName(), record -> id.equals(record.key()));
    assertThat(new String(event.value(), StandardCharsets.UTF_8)).doesNotContain(word);
    GenerationAccepted accepted = (GenerationAccepted) Crew.decode(event);
    assertThat(accepted.getPool()).isEqualTo("local");
    assertThat(accepted.getEnvelope().getSequence()).isEqualTo(1);
    var shot =
        TestTopics.shared()
            .await(Topic.SHOTS.topicName(), r -> accepted.getForm().getShot().equals(r.key()));
    assertThat(shot.value()).isNotEmpty();
  }

  @Test
  void waitsForItsTime() {
    String id = stage.accepted("animatic-1", Map.of("not_before", "2099-01-01T00:00:00Z"));
    JsonNode generation = stage.generation(id);
    assertThat(generation.at("/holds/0/name").asString()).isEqualTo("not_before");
    assertThat(generation.at("/holds/0/until").asString()).isEqualTo("2099-01-01T00:00:00Z");
  }

  @Test
  void countsAddUp() {
    stage.accepted("animatic-1", Map.of());
    await()
        .until(
            () -> stage.get("/actuator/prometheus").raw().body(),
            text ->
                text.contains("dailies_generations_accepted_total")
                    && text.contains("dailies_generations_open{state=\"waiting\"}")
                    && text.contains("dailies_dispatch_owner{pool=\"local\"} 1"));
  }
}
