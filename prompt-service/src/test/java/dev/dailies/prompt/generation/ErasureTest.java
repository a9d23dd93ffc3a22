package dev.dailies.prompt.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.Topic;
import dev.dailies.contracts.event.GenerationErased;
import dev.dailies.contracts.event.RenderJob;
import dev.dailies.prompt.Crew;
import dev.dailies.prompt.Stage;
import dev.dailies.prompt.Stage.Answer;
import dev.dailies.testkit.TestTopics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A generation is erased: its words go, its facts stay, and nothing brings them back. */
class ErasureTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String WORD = "quokkabrille";
  private static final Stage stage = Stage.shared();

  private static String asked(Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("prompt", "A " + WORD + " at dawn");
    body.put("negative_prompt", "no " + WORD);
    body.put("metadata", Map.of("note", WORD));
    return stage.accepted("m-lineage", body);
  }

  private static Answer delete(String path) {
    return stage.send(stage.request(Stage.OWNER, path).DELETE().build());
  }

  private static void awaitState(String id, String state) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> assertThat(stage.state(id)).isEqualTo(state));
  }

  private static RenderJob viewable(Crew crew, String id) {
    RenderJob job = crew.job(id, 1);
    crew.send(crew.claimed(job), crew.submitted(job), crew.completed(job), crew.ready(job));
    crew.send(crew.viewable(job));
    await()
        .atMost(SOON)
        .until(() -> stage.get("/v1/videos/" + id).text("/status").equals("completed"));
    return job;
  }

  private static List<ConsumerRecord<String, byte[]>> told(Topic topic, String id) {
    return TestTopics.shared().read(topic.topicName()).stream()
        .filter(record -> id.equals(record.key()))
        .toList();
  }

  /** The event once, and the tombstone as the last word on the specification. */
  private static void awaitTold(String id) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          assertThat(told(Topic.GENERATION_SPECS, id).getLast().value()).isNull();
          assertThat(
                  told(Topic.GENERATION_EVENTS, id).stream().map(Crew::decode).toList().getLast())
              .isInstanceOf(GenerationErased.class);
        });
  }

  /** Tables whose rows hold the word, as text or in bytes. */
  private static List<String> tablesWithTheWord() {
    String hex = HexFormat.of().formatHex(WORD.getBytes(StandardCharsets.UTF_8));
    return stage
        .jdbc()
        .sql("select quote_ident(tablename) from pg_tables where schemaname = 'public'")
        .query((row, number) -> row.getString(1))
        .list()
        .stream()
        .filter(table ->
            Objects.requireNonNull(
                stage
                    .jdbc()
                    .sql("select exists (select from %s t where t::text ~* :word)".formatted(table))
                    .param("word", WORD + "|" + hex)
                    .query(Boolean.class)
                    .single()))
        .toList();
  }

  @Test
  void theWordsOfADeletedVideoAreGoneAndStayGone() {
    Crew crew = new Crew("lineage");
    crew.beat(20);
    String id = asked(Map.of());
    String child = asked(Map.of("input_reference", id));
    RenderJob job = viewable(crew, id);
    crew.job(child, 1);
    String later =
        stage.post("/v1/videos/" + id + "/remix", Map.of("prompt", "At night")).text("/id");
    String waiting =
        stage
            .post(
                "/api/generations",
                Map.of(
                    "prompt",
                    "A " + WORD,
                    "model",
                    "m-lineage",
                    "size",
                    "160x90",
                    "seconds",
                    1,
                    "operation",
                    "edit",
                    "not_before",
                    "2099-01-01T00:00:00Z",
                    "sources",
                    List.of(Map.of("id", id, "role", "source"))))
            .text("/generations/0/id");
    assertThat(tablesWithTheWord()).contains("generation");

    Answer deleted = delete("/v1/videos/" + id);
    assertThat(deleted.status()).as(deleted.raw().body()).isEqualTo(200);
    assertThat(deleted.body())
        .isEqualTo(
            Stage.JSON.valueToTree(Map.of("id", id, "object", "video.deleted", "deleted", true)));
    Answer unknown = stage.get("/v1/videos/" + GenerationId.mint());
    for (Answer gone : List.of(delete("/v1/videos/" + id), stage.get("/v1/videos/" + id))) {
      assertThat(gone.status()).isEqualTo(404);
      assertThat(gone.body()).isEqualTo(unknown.body());
    }
    assertThat(stage.post("/v1/videos/" + id + "/remix", Map.of("prompt", "x")).status())
        .isEqualTo(404);
    assertThat(stage.get("/v1/videos?limit=100").body().at("/data").valueStream())
        .extracting(video -> video.at("/id").asString())
        .contains(child)
        .doesNotContain(id);
    assertThat(stage.get("/api/generations?model=m-lineage&limit=200").raw().body())
        .doesNotContain("\"id\":\"" + id);
    assertThat(stage.generation(waiting).at("/failure/code").asString())
        .isEqualTo("source_unavailable");
    awaitTold(id);

    // What comes late changes facts at most.
    crew.send(crew.progressed(job, 50), crew.withheld(job), crew.viewable(job));
    crew.send(crew.mediaErased(id), crew.reviewErased(id), crew.mediaErased(id));
    await()
        .atMost(SOON)
        .until(() -> stage.generation(id).at("/erasure/reviews_removed_at").isString());
    await()
        .atMost(SOON)
        .until(() -> stage.generation(id).at("/erasure/media_removed_at").isString());
    JsonNode facts = stage.generation(id);
    assertThat(facts.at("/state").asString()).isEqualTo("completed");
    assertThat(facts.at("/erased_at").isString()).isTrue();
    assertThat(facts.at("/erasure/asked_at").isString()).isTrue();
    assertThat(facts.at("/asset").asString()).isEqualTo(Crew.asset(job));
    assertThat(facts.at("/specification/size").asString()).isEqualTo("160x90");
    assertThat(facts.toString()).doesNotContain(WORD);
    assertThat(stage.get("/api/audit?target=" + id).raw().body()).contains("generation.erased");

    // Again is the same; and with its children gone too, no table has the word.
    assertThat(delete("/api/generations/" + id).body().at("/erased_at"))
        .isEqualTo(facts.at("/erased_at"));
    for (String each : List.of(child, waiting, later)) {
      assertThat(delete("/api/generations/" + each).status()).isIn(200, 202);
    }
    RenderJob released = crew.job(child, 1);
    crew.send(crew.cancelled(released));
    await().atMost(SOON).untilAsserted(() -> assertThat(tablesWithTheWord()).isEmpty());
    assertThat(told(Topic.GENERATION_EVENTS, id).stream().map(Crew::decode))
        .filteredOn(GenerationErased.class::isInstance)
        .hasSize(1);
  }

  @Test
  void whatIsUnfinishedIsCancelledFirstAndErasedAtItsEnd() {
    Crew crew = new Crew("lineage");
    crew.beat(20);
    String cancelled = asked(Map.of());
    String tooLate = asked(Map.of());
    RenderJob one = crew.job(cancelled, 1);
    RenderJob two = crew.job(tooLate, 1);
    String waiting = asked(Map.of("not_before", "2099-01-01T00:00:00Z"));

    Answer refused = delete("/v1/videos/" + waiting);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("/error/code")).isEqualTo("not_ended");
    assertThat(refused.header("x-should-retry")).isEqualTo("false");

    Answer atOnce = delete("/api/generations/" + waiting);
    assertThat(atOnce.status()).isEqualTo(200);
    assertThat(atOnce.text("/state")).isEqualTo("cancelled");
    assertThat(atOnce.body().at("/erased_at").isString()).isTrue();
    awaitTold(waiting);

    for (String id : List.of(cancelled, tooLate, tooLate)) {
      Answer asked = delete("/api/generations/" + id);
      assertThat(asked.status()).isEqualTo(202);
      assertThat(asked.body().at("/cancelling").asBoolean()).isTrue();
      assertThat(asked.body().at("/erased_at").isNull()).isTrue();
      assertThat(asked.body().at("/erasure/asked_at").isString()).isTrue();
    }
    crew.send(crew.cancelled(one), crew.completed(two), crew.ready(two));
    awaitState(cancelled, "cancelled");
    awaitState(tooLate, "completed");
    for (String id : List.of(cancelled, tooLate)) {
      awaitTold(id);
      assertThat(stage.generation(id).at("/erased_at").isString()).isTrue();
      assertThat(stage.get("/v1/videos/" + id).status()).isEqualTo(404);
    }
  }
}
