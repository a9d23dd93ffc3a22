package dev.dailies.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.event.SelectionDecided;
import dev.dailies.contracts.event.SelectionState;
import dev.dailies.review.moderation.Clips;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Choosing among the variations of a shot. */
class SelectionTest {
  private static byte[] ordinary = {};
  private final ReviewFixture review = ReviewFixture.shared();
  private final String shot = ShotId.mint().value();
  private final Story first = new Story(review, ordinary, shot);
  private final Story second = new Story(review, ordinary, shot);

  @BeforeAll
  static void clips(@TempDir Path folder) throws Exception {
    ordinary = Files.readAllBytes(Clips.ordinary(folder.resolve("o.mp4"), 160, 90));
  }

  @BeforeEach
  void twoVariations() {
    first.stored().events().forEach(Runnable::run);
    second.stored().events().forEach(Runnable::run);
    Awaitility.await().until(() -> viewable() == 2);
  }

  private long viewable() {
    HttpResponse<String> response = review.fetch(ReviewFixture.REVIEWER, path());
    return response.statusCode() == 200
        ? review
            .json
            .readTree(response.body())
            .path("variations")
            .valueStream()
            .filter(v -> v.path("viewable").asBoolean())
            .count()
        : 0;
  }

  private String path() {
    return "/api/reviews/shots/" + shot;
  }

  private JsonNode board() {
    return review.read(ReviewFixture.REVIEWER, path());
  }

  private HttpResponse<String> select(String key, String asset, long version) {
    return review.post(key, path() + "/select", Map.of("asset", asset, "shot_version", version));
  }

  private HttpResponse<String> reject(String key, String asset, long version, String... reasons) {
    return review.post(
        key,
        path() + "/reject",
        Map.of("asset", asset, "shot_version", version, "reasons", List.of(reasons)));
  }

  private List<SelectionDecided> events(int count) {
    Awaitility.await()
        .until(() ->
            review.published(SelectionDecided.class, e -> e.getShot().equals(shot)).size()
                >= count);
    return review.published(SelectionDecided.class, e -> e.getShot().equals(shot));
  }

  private String field(HttpResponse<String> response, String name) {
    return review.json.readTree(response.body()).path(name).asString();
  }

  @Test
  void aReviewerSelectsAndAnotherChoiceReplacesIt() {
    long version = board().path("shot_version").asLong();
    assertThat(version).isEqualTo(1);
    HttpResponse<String> selected = select(ReviewFixture.REVIEWER, first.asset, version);
    assertThat(selected.statusCode()).isEqualTo(200);
    long next = review.json.readTree(selected.body()).path("shot_version").asLong();
    assertThat(board().path("selected").asString()).isEqualTo(first.asset);
    assertThat(board().path("shot_version").asLong()).isEqualTo(next).isGreaterThan(version);
    assertThat(select(ReviewFixture.REVIEWER, second.asset, next).statusCode()).isEqualTo(200);
    assertThat(board().path("selected").asString()).isEqualTo(second.asset);

    List<SelectionDecided> events = events(3);
    assertThat(events)
        .extracting(SelectionDecided::getAsset, SelectionDecided::getState)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(first.asset, SelectionState.SELECTED),
            org.assertj.core.groups.Tuple.tuple(first.asset, SelectionState.OPEN),
            org.assertj.core.groups.Tuple.tuple(second.asset, SelectionState.SELECTED));
    assertThat(events).allMatch(e -> e.getShotVersion() == 1);
    assertThat(events).extracting(e -> e.getEnvelope().getSequence()).containsExactly(1L, 2L, 3L);
    assertThat(events.getLast().getGeneration()).isEqualTo(second.generation);
    assertThat(events.getLast().getEnvelope().getActor().getSubject())
        .isEqualTo("key_" + ReviewFixture.REVIEWER);
  }

  @Test
  void rejectingSaysWhy() {
    HttpResponse<String> silent = reject(ReviewFixture.REVIEWER, first.asset, 1);
    assertThat(silent.statusCode()).isEqualTo(400);
    assertThat(field(silent, "param")).isEqualTo("reasons");
    assertThat(reject(ReviewFixture.REVIEWER, first.asset, 1, "i dislike it").statusCode())
        .isEqualTo(400);
    assertThat(
            reject(ReviewFixture.REVIEWER, first.asset, 1, "artifacts", "bad_motion").statusCode())
        .isEqualTo(200);
    SelectionDecided event = events(1).getFirst();
    assertThat(event.getState()).isEqualTo(SelectionState.REJECTED);
    assertThat(event.getReasons()).containsExactly("artifacts", "bad_motion");
    JsonNode variation =
        board()
            .path("variations")
            .valueStream()
            .filter(v -> v.path("asset").asString().equals(first.asset))
            .findFirst()
            .orElseThrow();
    assertThat(variation.path("selection").path("state").asString()).isEqualTo("rejected");
    assertThat(
            review.read(ReviewFixture.REVIEWER, "/api/reviews/reasons").path("reject").toString())
        .contains("artifacts");
  }

  @Test
  void aStaleLookIsAConflict() {
    assertThat(select(ReviewFixture.REVIEWER, first.asset, 1).statusCode()).isEqualTo(200);
    HttpResponse<String> stale = select(ReviewFixture.REVIEWER, second.asset, 1);
    assertThat(stale.statusCode()).isEqualTo(409);
    assertThat(field(stale, "code")).isEqualTo("conflict");
    first.tellShot(2);
    Awaitility.await().until(() -> board().path("shot_version").asLong() == 3);
    assertThat(select(ReviewFixture.REVIEWER, second.asset, 2).statusCode()).isEqualTo(409);
    assertThat(select(ReviewFixture.REVIEWER, second.asset, 3).statusCode()).isEqualTo(200);
  }

  @Test
  void ofManyAtOnceOneSelects() throws Exception {
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String asset = i % 2 == 0 ? first.asset : second.asset;
      calls.add(() -> select(ReviewFixture.REVIEWER, asset, 1).statusCode());
    }
    List<Integer> answers = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> answer : pool.invokeAll(calls)) {
        answers.add(answer.get());
      }
    }
    assertThat(answers).containsOnlyOnce(200).contains(409).containsOnly(200, 409);
    assertThat(events(1)).hasSize(1);
  }

  @Test
  void onlyWhatMayBeLookedAtIsSelected() {
    first.tellWithheld(3);
    Awaitility.await().until(() -> viewable() == 1);
    HttpResponse<String> refused = select(ReviewFixture.REVIEWER, first.asset, 1);
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(field(refused, "code")).isEqualTo("not_allowed");
    assertThat(field(refused, "rule")).isEqualTo("asset_is_viewable");

    Story elsewhere = new Story(review, ordinary).stored();
    elsewhere.events().forEach(Runnable::run);
    Awaitility.await()
        .until(() ->
            field(select(ReviewFixture.REVIEWER, elsewhere.asset, 1), "rule")
                .equals("asset_is_of_shot"));
    assertThat(events(0)).isEmpty();
  }

  @Test
  void withoutTheDatabaseNothingIsAccepted() {
    review.database.refuse();
    try {
      HttpResponse<String> refused = select(ReviewFixture.REVIEWER, first.asset, 1);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(field(refused, "code")).isEqualTo("database_unavailable");
    } finally {
      review.database.allow();
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> select(ReviewFixture.REVIEWER, first.asset, 1).statusCode() == 200);
    assertThat(events(1)).hasSize(1);
  }

  @Test
  void rolesAndForeigners() {
    assertThat(select(ReviewFixture.MODERATOR, first.asset, 1).statusCode()).isEqualTo(403);
    assertThat(select(ReviewFixture.APPROVER, first.asset, 1).statusCode()).isEqualTo(403);
    assertThat(review.fetch(ReviewFixture.APPROVER, path()).statusCode()).isEqualTo(200);
    HttpResponse<String> foreign = review.fetch(ReviewFixture.STRANGER, path());
    HttpResponse<String> unknown =
        review.fetch(ReviewFixture.STRANGER, "/api/reviews/shots/" + ShotId.mint().value());
    assertThat(foreign.statusCode()).isEqualTo(404);
    assertThat(foreign.body()).isEqualTo(unknown.body());
    assertThat(select(ReviewFixture.STRANGER, first.asset, 1).statusCode()).isEqualTo(404);
    assertThat(select(ReviewFixture.REVIEWER, AssetId.mint().value(), 1).statusCode())
        .isEqualTo(404);
    assertThat(select(ReviewFixture.OWNER, first.asset, 1).statusCode()).isEqualTo(200);
  }

  @Test
  void shotsAreListedByProject() {
    first.tellShot(2);
    Awaitility.await().until(() -> board().path("project").asString().equals("prj_v2"));
    JsonNode page =
        review.read(ReviewFixture.REVIEWER, "/api/reviews/shots?project=prj_v2&limit=200");
    JsonNode line =
        page.path("data")
            .valueStream()
            .filter(l -> l.path("shot").asString().equals(shot))
            .findFirst()
            .orElseThrow();
    assertThat(line.path("variations").asInt()).isEqualTo(2);
    assertThat(line.path("viewable").asInt()).isEqualTo(2);
    assertThat(
            review
                .read(ReviewFixture.REVIEWER, "/api/reviews/shots?project=none")
                .path("data")
                .isEmpty())
        .isTrue();
    assertThat(
            review
                .read(ReviewFixture.REVIEWER, "/api/reviews/shots?limit=1")
                .path("next")
                .asString())
        .isNotEmpty();
  }
}
