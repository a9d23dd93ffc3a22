package dev.dailies.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.event.ActorKind;
import dev.dailies.contracts.event.ModerationDecided;
import dev.dailies.contracts.event.ModerationOutcome;
import dev.dailies.review.moderation.Clips;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What moderators can do, and what nobody else can. */
class ModerationApiTest {
  private static byte[] ordinary = {};
  private final ReviewFixture review = ReviewFixture.shared();

  @BeforeAll
  static void clips(@TempDir Path folder) throws Exception {
    ordinary = Files.readAllBytes(Clips.ordinary(folder.resolve("o.mp4"), 160, 90));
  }

  private Story held() {
    Story story = new Story(review, ordinary).findings("black").submitted();
    review.awaitDecision(story.asset, 1);
    return story;
  }

  private static String path(Story story) {
    return "/api/moderation/assets/" + story.asset;
  }

  private HttpResponse<String> word(
      String key, Story story, String verb, String reason, long expected) {
    return review.post(
        key,
        path(story) + "/" + verb,
        Map.of("reasons", List.of(reason), "expected_decision", expected));
  }

  private String code(HttpResponse<String> response) {
    return review.json.readTree(response.body()).path("code").asString();
  }

  @Test
  void aModeratorClearsWhatWasHeld() {
    Story story = held();
    HttpResponse<String> response =
        word(ReviewFixture.MODERATOR, story, "clear", "acceptable_in_context", 1);
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode asset = review.json.readTree(response.body());
    assertThat(asset.path("outcome").asString()).isEqualTo("clear");
    assertThat(asset.path("decision").asLong()).isEqualTo(2);
    assertThat(asset.path("decisions").valueStream().map(d -> d.path("by").asString()).toList())
        .containsExactly("person", "policy");

    ModerationDecided decided = review.awaitDecision(story.asset, 2);
    assertThat(decided.getOutcome()).isEqualTo(ModerationOutcome.CLEAR);
    assertThat(decided.getReasons()).containsExactly("acceptable_in_context");
    assertThat(decided.getSignals().getFirst().getProvider()).isEqualTo("person");
    assertThat(decided.getEnvelope().getActor().getKind()).isNotEqualTo(ActorKind.COMPONENT);
    assertThat(decided.getEnvelope().getActor().getSubject())
        .isEqualTo("key_" + ReviewFixture.MODERATOR);
    assertThat(decided.getEnvelope().getPolicyVersion()).hasValue(ReviewFixture.POLICY);
    assertThat(decided.getEnvelope().getSequence()).isEqualTo(2);
  }

  @Test
  void aDecisionOnWhatHasChangedIsAConflict() {
    Story story = held();
    assertThat(word(ReviewFixture.MODERATOR, story, "block", "policy_violation", 0).statusCode())
        .isEqualTo(409);
    assertThat(word(ReviewFixture.MODERATOR, story, "block", "policy_violation", 1).statusCode())
        .isEqualTo(200);
    HttpResponse<String> late = word(ReviewFixture.MODERATOR, story, "clear", "false_positive", 1);
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(code(late)).isEqualTo("conflict");
    assertThat(review.json.readTree(late.body()).path("decision").asLong()).isEqualTo(2);
    HttpResponse<String> same = word(ReviewFixture.MODERATOR, story, "block", "other", 2);
    assertThat(same.statusCode()).isEqualTo(409);
    assertThat(code(same)).isEqualTo("not_allowed");
    assertThat(review.json.readTree(same.body()).path("rule").asString())
        .isEqualTo("changes_something");
  }

  @Test
  void ofManyAtOnceOneDecides() throws Exception {
    Story story = held();
    List<Callable<Integer>> calls =
        Stream.of("clear", "block", "clear", "block", "clear", "block")
            .<Callable<Integer>>map(
                verb -> () -> word(ReviewFixture.OWNER, story, verb, "other", 1).statusCode())
            .toList();
    List<Integer> answers = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> answer : pool.invokeAll(calls)) {
        answers.add(answer.get());
      }
    }
    assertThat(answers).containsExactlyInAnyOrder(200, 409, 409, 409, 409, 409);
    review.awaitDecision(story.asset, 2);
    assertThat(review.published(ModerationDecided.class, d -> d.getAsset().equals(story.asset)))
        .hasSize(2);
  }

  @Test
  void aPersonIsNeverOverruledByThePolicy() {
    // Ready, but its text is missing: the policy has not decided when the person does.
    Story story = new Story(review, ordinary).stored();
    story.tellReady();
    Awaitility.await()
        .until(() -> review.fetch(ReviewFixture.MODERATOR, path(story)).statusCode() == 200);
    HttpResponse<String> clear = word(ReviewFixture.MODERATOR, story, "clear", "other", 0);
    assertThat(review.json.readTree(clear.body()).path("rule").asString())
        .isEqualTo("judged_before_cleared");
    assertThat(word(ReviewFixture.MODERATOR, story, "block", "test_material", 0).statusCode())
        .isEqualTo(200);
    story.tellSpec(1);
    story.tellReady();
    Story next = new Story(review, ordinary).submitted();
    review.awaitDecision(next.asset, 1);
    JsonNode asset = review.read(ReviewFixture.MODERATOR, path(story));
    assertThat(asset.path("outcome").asString()).isEqualTo("block");
    assertThat(asset.path("decision").asLong()).isEqualTo(1);
    assertThat(review.published(ModerationDecided.class, d -> d.getAsset().equals(story.asset)))
        .hasSize(1);
  }

  @Test
  void theQueueIsReadPageByPage() {
    List<Story> stories = List.of(held(), held(), held());
    List<String> seen = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = review.read(ReviewFixture.MODERATOR, "/api/moderation/held?limit=2" + after);
      page.path("data").valueStream().forEach(h -> seen.add(h.path("asset").asString()));
      after = page.path("next").isString() ? "&after=" + page.path("next").asString() : "";
    } while (!after.isEmpty());
    assertThat(seen)
        .doesNotHaveDuplicates()
        .containsSubsequence(stories.stream().map(s -> s.asset).toList());
    word(ReviewFixture.MODERATOR, stories.getFirst(), "clear", "other", 1);
    assertThat(
            review
                .read(ReviewFixture.MODERATOR, "/api/moderation/held?limit=200")
                .path("data")
                .valueStream()
                .map(h -> h.path("asset").asString()))
        .doesNotContain(stories.getFirst().asset)
        .contains(stories.getLast().asset);
  }

  @Test
  void onlyModeratorsDecide() {
    Story story = held();
    for (String key : List.of(ReviewFixture.REVIEWER, ReviewFixture.APPROVER)) {
      assertThat(word(key, story, "clear", "other", 1).statusCode()).isEqualTo(403);
      assertThat(review.fetch(key, "/api/moderation/held").statusCode()).isEqualTo(403);
    }
    assertThat(word("no-such-key", story, "clear", "other", 1).statusCode()).isEqualTo(401);
  }

  @Test
  void unknownAndForeignAreTheSame() {
    Story story = held();
    HttpResponse<String> foreign = review.fetch(ReviewFixture.STRANGER, path(story));
    HttpResponse<String> unknown =
        review.fetch(ReviewFixture.STRANGER, "/api/moderation/assets/" + AssetId.mint().value());
    HttpResponse<String> nonsense =
        review.fetch(ReviewFixture.STRANGER, "/api/moderation/assets/nonsense");
    assertThat(foreign.statusCode()).isEqualTo(404);
    assertThat(foreign.body()).isEqualTo(unknown.body()).isEqualTo(nonsense.body());
    assertThat(word(ReviewFixture.STRANGER, story, "clear", "other", 1).body())
        .isEqualTo(foreign.body());
    assertThat(review.read(ReviewFixture.STRANGER, "/api/moderation/held").path("data").isEmpty())
        .isTrue();
  }

  @Test
  void whatIsMissingIsNamed() {
    Story story = held();
    for (Map.Entry<Map<String, Object>, String> wrong :
        Map.<Map<String, Object>, String>of(
                Map.of("expected_decision", 1), "reasons",
                Map.of("reasons", List.of("because"), "expected_decision", 1), "reasons",
                Map.of("reasons", List.of("other")), "expected_decision")
            .entrySet()) {
      HttpResponse<String> response =
          review.post(ReviewFixture.MODERATOR, path(story) + "/clear", wrong.getKey());
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(code(response)).isEqualTo("invalid_request");
      assertThat(review.json.readTree(response.body()).path("param").asString())
          .isEqualTo(wrong.getValue());
    }
  }
}
