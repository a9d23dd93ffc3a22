package dev.dailies.prompt.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dailies.contracts.Pool;
import dev.dailies.contracts.Topic;
import dev.dailies.contracts.event.CancelRender;
import dev.dailies.contracts.event.EndpointHealth;
import dev.dailies.contracts.event.RenderJob;
import dev.dailies.prompt.Crew;
import dev.dailies.prompt.Stage;
import dev.dailies.prompt.Stage.Answer;
import dev.dailies.testkit.TestTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is released, when, and what becomes of attempts; with workers played by hand. */
class DispatchTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Stage stage = Stage.shared();

  private static void awaitState(String id, String state) {
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> assertThat(stage.state(id)).isEqualTo(state));
  }

  @Test
  void nothingIsReleasedWithoutALiveWorkerAndEverythingSoonWithOne() {
    Crew crew = new Crew("first");
    String id = stage.accepted("m-first", Map.of());
    crew.beat(1, true, EndpointHealth.DOWN, Instant.now());
    crew.beat(1, false, EndpointHealth.UP, Instant.now());
    crew.beat(1, true, EndpointHealth.UP, Instant.now().minusSeconds(120));
    await().during(Duration.ofSeconds(1)).until(() -> stage.state(id).equals("waiting"));

    crew.beat(1);
    RenderJob job = crew.job(id, 1);
    assertThat(job.getRender()).startsWith("rnd_");
    assertThat(job.getText().getPrompt()).isEqualTo("A heron lifts off at dawn");
    assertThat(job.getForm().getOutput().getWidth()).isEqualTo(160);
    assertThat(job.getForm().getOutput().getLengthMillis()).isEqualTo(1000);
    assertThat(job.getEndpointModel()).isEqualTo("m-first");
    JsonNode generation = stage.generation(id);
    assertThat(generation.at("/state").asString()).isEqualTo("released");
    assertThat(generation.at("/renders/0/id").asString()).isEqualTo(job.getRender());
    assertThat(generation.at("/renders/0/reason").asString()).isEqualTo("first");
    assertThat(stage.get("/v1/videos/" + id).text("/status")).isEqualTo("queued");
  }

  @Test
  void theQueueStaysAsShallowAsTheSlotsAreFew() {
    Crew crew = new Crew("shallow");
    List<String> ids =
        IntStream.range(0, 8).mapToObj(i -> stage.accepted("m-shallow", Map.of())).toList();
    crew.beat(2);
    // Two slots, one ahead of each: four.
    await().atMost(SOON).until(() -> crew.attempts().size() == 4);
    await().during(Duration.ofSeconds(1)).until(() -> crew.attempts().size() == 4);
    assertThat(ids.stream().filter(id -> !crew.jobs(id).isEmpty()))
        .as("first come, first served")
        .containsExactlyElementsOf(ids.subList(0, 4));

    crew.beat(2);
    RenderJob done = crew.job(ids.getFirst(), 1);
    crew.send(crew.claimed(done), crew.completed(done));
    await().atMost(SOON).until(() -> crew.attempts().size() == 5);
    // A parked one waits for people: it must not starve the pool.
    RenderJob parked = crew.job(ids.get(1), 1);
    crew.beat(2);
    crew.send(crew.claimed(parked), crew.parked(parked));
    await().atMost(SOON).until(() -> crew.attempts().size() == 6);
    assertThat(stage.generation(ids.get(1)).at("/renders/0/park_reason").asString())
        .isEqualTo("undecidable");
    assertThat(stage.get("/v1/videos/" + ids.get(1)).text("/status")).isEqualTo("in_progress");
  }

  @Test
  void anIdleStackReleasesWithinMilliseconds() {
    Crew crew = new Crew("models");
    crew.beat(100);
    await()
        .atMost(SOON)
        .until(() -> stage.bean(Fleet.class).capacity(Pool.of("models")).slots() == 100);
    for (int i = 0; i < 20; i++) {
      String id = stage.accepted("m-models", Map.of());
      await().atMost(SOON).until(() -> stage.state(id).equals("released"));
    }
    List<Double> waits =
        stage
            .jdbc()
            .sql(
                """
                select extract(epoch from r.minted_at - g.accepted_at) * 1000 from generation g
                join render r on r.generation = g.id where g.pool = 'models' order by 1
                """)
            .query((row, number) -> row.getDouble(1))
            .list();
    assertThat(waits).hasSize(20);
    assertThat(waits.get(10)).as("milliseconds, median of %s", waits).isLessThan(100);
  }

  @Test
  void aJobThatNobodyClaimsIsHandedOutAgainAndIsTheSame() {
    Crew crew = new Crew("again");
    crew.beat(1);
    String id = stage.accepted("m-again", Map.of());
    RenderJob first = crew.job(id, 1);
    List<RenderJob> both =
        await()
            .atMost(SOON)
            .pollInterval(Duration.ofMillis(500))
            .until(
                () -> {
                  crew.beat(1);
                  return crew.jobs(id);
                },
                jobs -> jobs.size() == 2);
    assertThat(both).allSatisfy(job -> assertThat(job).isEqualTo(first));

    crew.send(crew.claimed(first));
    awaitState(id, "running");
    int handedOut = crew.jobs(id).size();
    crew.beat(1);
    await()
        .during(Duration.ofSeconds(3))
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> {
          crew.beat(1);
          return crew.jobs(id).size() == handedOut;
        });
  }

  @Test
  void aFailureThatAnotherEndpointMayMendIsTriedAgainAndTheThirdIsTheLast() {
    Crew crew = new Crew("retries");
    crew.beat(5);
    String id = stage.accepted("m-retries", Map.of());
    for (int attempt = 1; attempt <= 3; attempt++) {
      crew.beat(5);
      RenderJob job = crew.job(id, attempt);
      crew.send(
          crew.claimed(job),
          crew.submitted(job),
          crew.failed(job, "TRANSIENT", "OTHER_ENDPOINT", Optional.empty()));
    }
    awaitState(id, "failed");
    Answer video = stage.get("/v1/videos/" + id);
    assertThat(video.text("/status")).isEqualTo("failed");
    assertThat(video.text("/error/code")).isEqualTo("transient");
    JsonNode generation = stage.generation(id);
    assertThat(generation.at("/renders").size()).isEqualTo(3);
    assertThat(generation.at("/cost/spent/0/amount").asString()).isEqualTo("0.300000");
    assertThat(crew.jobs(id)).hasSize(3);
  }

  @Test
  void whatNoAttemptCanMendEndsAtOnceAndModerationRefuses() {
    Crew crew = new Crew("retries");
    crew.beat(5);
    String never = stage.accepted("m-retries", Map.of());
    String refused = stage.accepted("m-retries", Map.of());
    String invalid = stage.accepted("m-retries", Map.of());
    RenderJob first = crew.job(never, 1);
    crew.send(crew.failed(first, "INTERNAL", "NEVER", Optional.empty()));
    RenderJob second = crew.job(refused, 1);
    crew.send(crew.failed(second, "MODERATION_INPUT", "AFTER_CHANGE", Optional.empty()));
    RenderJob third = crew.job(invalid, 1);
    crew.send(crew.failed(third, "INVALID_INPUT", "OTHER_ENDPOINT", Optional.empty()));

    awaitState(never, "failed");
    awaitState(refused, "refused");
    awaitState(invalid, "failed");
    assertThat(stage.get("/v1/videos/" + refused).text("/error/code"))
        .isEqualTo("moderation_blocked");
  }

  @Test
  void comesBackLaterWhereTheEndpointSaysSoAndAGiveBackCostsNoAttempt() {
    Crew crew = new Crew("holds");
    crew.beat(5);
    String id = stage.accepted("m-holds", Map.of());
    Instant later = Instant.now().plusMillis(1500);
    RenderJob first = crew.job(id, 1);
    crew.send(crew.failed(first, "RATE_LIMITED", "SAME_ENDPOINT_LATER", Optional.of(later)));
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(stage.generation(id).at("/holds/0/name").asString(""))
                .isEqualTo("retry_later"));
    crew.beat(5);
    RenderJob second = crew.job(id, 2);
    assertThat(second.getReleasedAt()).isAfterOrEqualTo(later);
    for (int attempt = 2; attempt <= 5; attempt++) {
      crew.beat(5);
      crew.send(crew.released(crew.job(id, attempt), false, Optional.empty()));
    }
    crew.beat(5);
    crew.job(id, 6);
    assertThat(stage.generation(id).at("/renders/5/reason").asString()).isEqualTo("rate_limited");
  }

  @Test
  void aRejectedAssetIsMadeAnewWhereThatCouldHelp() {
    Crew crew = new Crew("holds");
    crew.beat(9);
    String hopeless = stage.accepted("m-holds", Map.of());
    String hopeful = stage.accepted("m-holds", Map.of());
    RenderJob first = crew.job(hopeless, 1);
    crew.send(crew.completed(first), crew.rejected(first, false));
    awaitState(hopeless, "failed");
    assertThat(stage.get("/v1/videos/" + hopeless).text("/error/code")).isEqualTo("black");

    RenderJob one = crew.job(hopeful, 1);
    // The rejection comes first: another attempt must wait until this one has ended.
    crew.send(crew.claimed(one), crew.rejected(one, true));
    awaitState(hopeful, "running");
    crew.send(crew.completed(one));
    crew.beat(9);
    RenderJob two = crew.job(hopeful, 2);
    crew.send(crew.completed(two), crew.ready(two));
    awaitState(hopeful, "completed");
    assertThat(stage.generation(hopeful).at("/render").asString()).isEqualTo(two.getRender());
  }

  @Test
  void whatIsUnderWayIsCancelledByTheWorkersWord() {
    Crew crew = new Crew("cancel");
    crew.beat(5);
    String id = stage.accepted("m-cancel", Map.of());
    RenderJob job = crew.job(id, 1);
    Answer asked = stage.post("/api/generations/" + id + "/cancel", "");
    assertThat(asked.status()).isEqualTo(202);
    assertThat(asked.body().at("/cancelling").booleanValue()).isTrue();
    assertThat(stage.post("/api/generations/" + id + "/cancel", "").status()).isEqualTo(202);
    var order =
        TestTopics.shared()
            .await(Topic.RENDER_CONTROL.topicName(), r -> job.getRender().equals(r.key()));
    assertThat(((CancelRender) Crew.decode(order)).getGeneration()).isEqualTo(id);
    assertThat(stage.state(id)).isEqualTo("released");

    crew.send(crew.cancelled(job));
    awaitState(id, "cancelled");
    assertThat(stage.get("/v1/videos/" + id).text("/error/code")).isEqualTo("cancelled");
    assertThat(stage.post("/api/generations/" + id + "/cancel", "").status()).isEqualTo(409);
  }

  @Test
  void aCancelThatComesTooLateIsMarkedAndOneThatMeetsAFailureStopsTheAttempts() {
    Crew crew = new Crew("cancel");
    crew.beat(5);
    String late = stage.accepted("m-cancel", Map.of());
    String failing = stage.accepted("m-cancel", Map.of());
    RenderJob first = crew.job(late, 1);
    RenderJob second = crew.job(failing, 1);
    crew.send(crew.claimed(first), crew.completed(first));
    awaitState(late, "rendered");
    assertThat(stage.post("/api/generations/" + late + "/cancel", "").status()).isEqualTo(202);
    assertThat(stage.post("/api/generations/" + failing + "/cancel", "").status()).isEqualTo(202);
    crew.send(
        crew.ready(first), crew.failed(second, "TRANSIENT", "OTHER_ENDPOINT", Optional.empty()));

    awaitState(late, "completed");
    assertThat(stage.generation(late).at("/cancelled_too_late").booleanValue()).isTrue();
    awaitState(failing, "cancelled");
  }

  @Test
  void lateNewsOfAnEarlierAttemptChangesNothingOfTheNext() {
    Crew crew = new Crew("late");
    crew.beat(5);
    String id = stage.accepted("m-late", Map.of());
    RenderJob first = crew.job(id, 1);
    Crew.Made claimed = crew.claimed(first);
    Crew.Made submitted = crew.submitted(first);
    Crew.Made progressed = crew.progressed(first, 80);
    Crew.Made failed = crew.failed(first, "LOST", "OTHER_ENDPOINT", Optional.empty());
    crew.send(failed);
    RenderJob second = crew.job(id, 2);
    crew.send(claimed, submitted, progressed, failed);
    // The second attempt's own news follows on the same key, so the late ones have been taken in.
    crew.send(crew.claimed(second), crew.submitted(second), crew.progressed(second, 5));
    await().atMost(SOON).until(() -> stage.generation(id).at("/renders/1/progress").asInt() == 5);

    JsonNode generation = stage.generation(id);
    assertThat(generation.at("/renders").size()).isEqualTo(2);
    assertThat(generation.at("/renders/0/state").asString()).isEqualTo("failed");
    assertThat(generation.at("/renders/0/vendor_id").asString()).isEqualTo("vendor-1");
    assertThat(generation.at("/renders/1/state").asString()).isEqualTo("submitted");
    assertThat(generation.at("/state").asString()).isEqualTo("running");
    assertThat(stage.get("/v1/videos/" + id).body().at("/progress").asInt()).isEqualTo(5);
    assertThat(crew.jobs(id)).hasSize(2);
  }
}
