package dev.dailies.prompt.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dailies.contracts.Topic;
import dev.dailies.contracts.event.ModerationOutcome;
import dev.dailies.contracts.event.RenderJob;
import dev.dailies.prompt.Crew;
import dev.dailies.prompt.Crew.Made;
import dev.dailies.prompt.Stage;
import dev.dailies.testkit.TestTopics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Events that come twice, late, in another order, or broken. */
class AnyOrderTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final long SEED = 20261124;
  private static final int SWAPS = 9;
  private static final int SHUFFLES = 15;
  private static final Stage stage = Stage.shared();

  private static List<Made> life(Crew crew, RenderJob job) {
    return new ArrayList<>(
        List.of(
            crew.claimed(job),
            crew.submitted(job),
            crew.progressed(job, 40),
            crew.progressed(job, 90),
            crew.completed(job),
            crew.ready(job),
            crew.moderated(job, ModerationOutcome.HOLD, 1),
            crew.moderated(job, ModerationOutcome.CLEAR, 2),
            crew.viewable(job),
            crew.selected(job)));
  }

  /** All that is told, but for what differs from one generation to the next anyway. */
  private static JsonNode told(String id) {
    ObjectNode generation = (ObjectNode) stage.generation(id).deepCopy();
    generation.remove(List.of("id", "shot", "render", "asset"));
    ((ObjectNode) generation.at("/times")).remove(List.of("accepted_at", "released_at"));
    generation
        .at("/renders")
        .forEach(render -> ((ObjectNode) render).remove(List.of("id", "minted_at", "worker")));
    generation.set("video", stage.get("/v1/videos/" + id).body().deepCopy());
    ((ObjectNode) generation.at("/video")).remove(List.of("id", "created_at"));
    return generation;
  }

  private static List<RenderJob> released(Crew crew, int number) {
    crew.beat(100);
    List<String> ids =
        IntStream.range(0, number).mapToObj(i -> stage.accepted("m-orders", Map.of())).toList();
    return ids.stream().map(id -> crew.job(id, 1)).toList();
  }

  @Test
  void everyOrderAndEveryRepeatLeadToTheSameEnd() {
    Crew crew = new Crew("orders");
    List<RenderJob> jobs = released(crew, 1 + SWAPS + SHUFFLES);
    RenderJob straight = jobs.getFirst();
    life(crew, straight).forEach(crew::send);
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          JsonNode generation = told(straight.getGeneration());
          assertThat(generation.at("/video/status").asString()).isEqualTo("completed");
          assertThat(generation.at("/facts/selection").asString()).isEqualTo("selected");
          assertThat(generation.at("/facts/moderation").asString()).isEqualTo("clear");
          assertThat(generation.at("/renders/0/state").asString()).isEqualTo("completed");
        });
    JsonNode expected = told(straight.getGeneration());
    assertThat(expected.at("/video/progress").asInt()).isEqualTo(100);
    assertThat(expected.at("/state").asString()).isEqualTo("completed");

    Map<String, String> orders = new LinkedHashMap<>();
    for (int swapped = 0; swapped < SWAPS; swapped++) {
      RenderJob job = jobs.get(1 + swapped);
      List<Made> events = life(crew, job);
      Collections.swap(events, swapped, swapped + 1);
      events.forEach(event -> crew.send(event, event));
      orders.put(job.getGeneration(), "swapped " + swapped);
    }
    Random random = new Random(SEED);
    for (int shuffled = 0; shuffled < SHUFFLES; shuffled++) {
      RenderJob job = jobs.get(1 + SWAPS + shuffled);
      List<Made> events = life(crew, job);
      events.addAll(List.copyOf(events));
      Collections.shuffle(events, random);
      events.forEach(crew::send);
      orders.put(job.getGeneration(), "shuffle " + shuffled + " of seed " + SEED);
    }
    orders.forEach((id, order) ->
        await()
            .atMost(SOON)
            .pollInterval(Duration.ofMillis(200))
            .untilAsserted(() -> assertThat(told(id)).as(order).isEqualTo(expected)));
    orders.forEach((id, order) -> assertThat(told(id)).as(order).isEqualTo(expected));
    // Nothing was told twice either: accepted, released, completed.
    Map<String, Long> events =
        TestTopics.shared().read(Topic.GENERATION_EVENTS.topicName()).stream()
            .collect(Collectors.groupingBy(record -> record.key(), Collectors.counting()));
    orders.forEach((id, order) -> assertThat(events.get(id)).as(order).isEqualTo(3));
  }

  @Test
  void whatIsWithheldLaterIsNoLongerCompletedAndMayComeBack() {
    Crew crew = new Crew("twice");
    crew.beat(10);
    RenderJob job = crew.job(stage.accepted("m-twice", Map.of()), 1);
    String path = "/v1/videos/" + job.getGeneration();
    crew.send(crew.completed(job), crew.ready(job));
    await().atMost(SOON).until(() -> stage.state(job.getGeneration()).equals("completed"));
    assertThat(stage.get(path).text("/status")).isEqualTo("in_progress");
    assertThat(stage.get(path).body().at("/progress").asInt()).isEqualTo(99);

    crew.send(crew.moderated(job, ModerationOutcome.CLEAR, 1), crew.viewable(job));
    await().atMost(SOON).until(() -> stage.get(path).text("/status").equals("completed"));
    crew.send(crew.moderated(job, ModerationOutcome.BLOCK, 2), crew.withheld(job));
    await().atMost(SOON).until(() -> stage.get(path).text("/status").equals("failed"));
    assertThat(stage.get(path).text("/error/code")).isEqualTo("content_filter");
    assertThat(stage.state(job.getGeneration())).isEqualTo("completed");
    crew.send(crew.moderated(job, ModerationOutcome.CLEAR, 3), crew.viewable(job));
    await().atMost(SOON).until(() -> stage.get(path).text("/status").equals("completed"));
  }

  @Test
  void poisonParksItselfAndTheNextRecordIsTaken() {
    Crew crew = new Crew("poison");
    crew.beat(10);
    RenderJob job = crew.job(stage.accepted("m-poison", Map.of()), 1);
    crew.send(crew.claimed(job));
    Crew.record(
        Topic.RENDER_EVENTS.topicName(),
        job.getGeneration(),
        "not a record".getBytes(StandardCharsets.UTF_8),
        Map.of("ce_id", "poison-1"));
    crew.send(crew.submitted(job), crew.completed(job));

    await().atMost(SOON).until(() -> stage.state(job.getGeneration()).equals("rendered"));
    var parked =
        TestTopics.shared()
            .await(
                Topic.deadLetter(Topic.RENDER_EVENTS.topicName()),
                record -> "poison-1".equals(TestTopics.header(record, "ce_id")));
    assertThat(parked.value()).isEqualTo("not a record".getBytes(StandardCharsets.UTF_8));
  }
}
