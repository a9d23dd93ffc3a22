package dev.dailies.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.Topic;
import dev.dailies.contracts.event.ActorKind;
import dev.dailies.contracts.event.ModerationDecided;
import dev.dailies.contracts.event.ModerationOutcome;
import dev.dailies.contracts.event.ModerationSignal;
import dev.dailies.contracts.event.ReviewErased;
import dev.dailies.review.moderation.Clips;
import dev.dailies.testkit.TestTopics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** From {@code AssetReady} to {@code ModerationDecided}, on real parts and real clips. */
class ModerationFlowTest {
  private static byte[] ordinary = {};
  private static byte[] testCard = {};
  private final ReviewFixture review = ReviewFixture.shared();

  @BeforeAll
  static void clips(@TempDir Path folder) throws Exception {
    ordinary = Files.readAllBytes(Clips.ordinary(folder.resolve("o.mp4"), 160, 90));
    testCard = Files.readAllBytes(Clips.testCard(folder.resolve("c.mp4"), 160, 90));
  }

  private static List<String> signals(ModerationDecided decided) {
    return decided.getSignals().stream().map(ModerationSignal::getCategory).toList();
  }

  private String boardOutcome(Story story) {
    return variation(story).path("moderation").path("outcome").asString();
  }

  private JsonNode variation(Story story) {
    return review
        .read(ReviewFixture.OWNER, "/api/reviews/shots/" + story.shot)
        .path("variations")
        .valueStream()
        .filter(v -> v.path("generation").asString().equals(story.generation))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anOrdinaryClipIsClearedUnderThePolicy() {
    Story story = new Story(review, ordinary).stored();
    story.tellShot(1);
    story.tellSpec(1);
    String cause = story.tellReady();
    ModerationDecided decided = review.awaitDecision(story.asset, 1);
    assertThat(decided.getOutcome()).isEqualTo(ModerationOutcome.CLEAR);
    assertThat(decided.getSignals()).isEmpty();
    assertThat(decided.getGeneration()).isEqualTo(story.generation);
    assertThat(decided.getEnvelope().getAggregate()).isEqualTo("asset");
    assertThat(decided.getEnvelope().getAggregateId()).isEqualTo(story.asset);
    assertThat(decided.getEnvelope().getSequence()).isEqualTo(1);
    assertThat(decided.getEnvelope().getPolicyVersion()).hasValue(ReviewFixture.POLICY);
    assertThat(decided.getEnvelope().getCausationId()).hasValue(cause);
    assertThat(decided.getEnvelope().getActor().getKind()).isEqualTo(ActorKind.COMPONENT);
    var record =
        review.topics.await(
            Topic.MODERATION_EVENTS.topicName(),
            r -> review.decode(r) instanceof ModerationDecided d && d.equals(decided));
    assertThat(record.key()).isEqualTo(story.generation);
    assertThat(TestTopics.header(record, "traceparent")).startsWith("00-" + cause + "-");
    assertThat(boardOutcome(story)).isEqualTo("clear");
  }

  @Test
  void aTestCardIsBlockedByWhatItShows() {
    Story story = new Story(review, testCard).submitted();
    ModerationDecided decided = review.awaitDecision(story.asset, 1);
    assertThat(decided.getOutcome()).isEqualTo(ModerationOutcome.BLOCK);
    ModerationSignal signal = decided.getSignals().getFirst();
    assertThat(signal.getCategory()).isEqualTo("test_card");
    assertThat(signal.getMedium()).isEqualTo("frame");
    assertThat(signal.getScore().orElseThrow()).isGreaterThan(0.9);
  }

  @Test
  void whatIsAskedForAndWhatTheChecksNoticedIsHeld() {
    Story words = new Story(review, ordinary).prompt("a Dailies  TRIAL hold").submitted();
    Story black = new Story(review, ordinary).findings("black", "length_mismatch").submitted();
    ModerationDecided ofWords = review.awaitDecision(words.asset, 1);
    assertThat(ofWords.getOutcome()).isEqualTo(ModerationOutcome.HOLD);
    assertThat(signals(ofWords)).containsExactly("trial_hold");
    ModerationDecided ofBlack = review.awaitDecision(black.asset, 1);
    assertThat(ofBlack.getOutcome()).isEqualTo(ModerationOutcome.HOLD);
    assertThat(signals(ofBlack)).containsExactly("black");
  }

  @Test
  void theTextIsWaitedFor() {
    Story story = new Story(review, ordinary).prompt("dailies trial block").stored();
    story.tellReady();
    Awaitility.await()
        .until(() ->
            review
                    .fetch(ReviewFixture.MODERATOR, "/api/moderation/assets/" + story.asset)
                    .statusCode()
                == 200);
    story.tellSpec(1);
    ModerationDecided decided = review.awaitDecision(story.asset, 1);
    assertThat(decided.getOutcome()).isEqualTo(ModerationOutcome.BLOCK);
    assertThat(signals(decided)).containsExactly("trial_block");
  }

  @Test
  void withoutTextAPersonIsAsked() {
    Story story = new Story(review, ordinary).stored();
    story.tellReady();
    ModerationDecided decided = review.awaitDecision(story.asset, 1);
    assertThat(decided.getOutcome()).isEqualTo(ModerationOutcome.HOLD);
    assertThat(signals(decided)).containsExactly("text_missing");
  }

  @Test
  void mediaThatCannotBeJudgedIsHeld() {
    Story missing = new Story(review, ordinary);
    missing.tellSpec(1);
    missing.tellReady();
    Story noise = new Story(review, "no video".repeat(500).getBytes(StandardCharsets.UTF_8));
    noise.submitted();
    Story changed = new Story(review, ordinary).wrongDigest().submitted();
    for (var expected :
        Map.of(missing, "media_missing", noise, "media_unreadable", changed, "media_changed")
            .entrySet()) {
      ModerationDecided decided = review.awaitDecision(expected.getKey().asset, 1);
      assertThat(decided.getOutcome()).isEqualTo(ModerationOutcome.HOLD);
      assertThat(signals(decided)).containsExactly(expected.getValue());
    }
  }

  @Test
  void aProviderThatComesBackInTimeCostsNothing() {
    review.moderations.failNext(2);
    Story story = new Story(review, ordinary).submitted();
    assertThat(review.awaitDecision(story.asset, 1).getOutcome())
        .isEqualTo(ModerationOutcome.CLEAR);
    assertThat(review.moderations.failed()).isEqualTo(2);
  }

  @Test
  void aProviderThatStaysAwayClearsNothing() {
    review.moderations.failNext(3);
    Story story = new Story(review, ordinary).submitted();
    ModerationDecided decided = review.awaitDecision(story.asset, 1);
    assertThat(decided.getOutcome()).isEqualTo(ModerationOutcome.HOLD);
    assertThat(signals(decided)).containsExactly("provider_unavailable");
    assertThat(decided.getSignals().getFirst().getProvider()).isEqualTo("review-service");
    assertThat(review.moderations.failed()).isEqualTo(3);
  }

  @Test
  void aStoreThatIsDownIsWaitedFor() {
    Story story = new Story(review, ordinary).stored();
    review.store.refuse();
    try {
      story.tellSpec(1);
      story.tellReady();
      Awaitility.await()
          .atMost(Duration.ofSeconds(15))
          .until(() ->
              review
                  .fetch(ReviewFixture.OWNER, "/actuator/prometheus")
                  .body()
                  .contains("reason=\"store_unavailable\""));
      assertThat(boardOutcome(story)).isEqualTo("pending");
    } finally {
      review.store.pass();
    }
    assertThat(review.awaitDecision(story.asset, 1).getOutcome())
        .isEqualTo(ModerationOutcome.CLEAR);
  }

  static Stream<Long> orders() {
    return Stream.of(1L, 2L, 3L, 4L, 5L, 6L);
  }

  /** Each event twice, in an order drawn from the seed; the end is the same. */
  @ParameterizedTest
  @MethodSource("orders")
  void anyOrderAndRepeatsEndAlike(long seed) {
    Story story = new Story(review, ordinary).stored();
    List<Runnable> events =
        new ArrayList<>(
            Stream.of(
                    Stream.<Runnable>of(
                        () -> story.tellShot(1),
                        () -> story.tellShot(2),
                        () -> story.tellSpec(1),
                        () -> story.tellSpec(2),
                        story::tellReady,
                        () -> story.tellViewable(2),
                        () -> story.tellWithheld(3),
                        () -> story.tellViewable(4)))
                .flatMap(s -> s)
                .toList());
    events.addAll(List.copyOf(events));
    Collections.shuffle(events, new Random(seed));
    events.forEach(Runnable::run);
    String surplus = AssetId.mint().value();
    String rejected = AssetId.mint().value();
    story.tellSurplus(surplus);
    story.tellRejected(rejected);

    assertThat(review.awaitDecision(story.asset, 1).getOutcome())
        .isEqualTo(ModerationOutcome.CLEAR);
    Awaitility.await()
        .untilAsserted(() -> {
          JsonNode board = review.read(ReviewFixture.OWNER, "/api/reviews/shots/" + story.shot);
          assertThat(board.path("shot_version").asLong()).isEqualTo(2);
          assertThat(board.path("project").asString()).isEqualTo("prj_v2");
          assertThat(board.path("variations")).hasSize(1);
          JsonNode variation = variation(story);
          assertThat(variation.path("asset").asString()).isEqualTo(story.asset);
          assertThat(variation.path("technical").asString()).isEqualTo("ready");
          assertThat(variation.path("viewable").asBoolean()).isTrue();
          assertThat(variation.path("seed").asLong()).isEqualTo(7);
          assertThat(variation.path("viewable_at").asString()).isEqualTo("2026-11-24T10:01:04Z");
        });
    assertThat(review.published(ModerationDecided.class, d -> d.getAsset().equals(story.asset)))
        .hasSize(1);
    for (String other : List.of(surplus, rejected)) {
      assertThat(review.published(ModerationDecided.class, d -> d.getAsset().equals(other)))
          .isEmpty();
    }
  }

  @Test
  void poisonIsParkedAndTheNextOneIsJudged() {
    Story first = new Story(review, ordinary).submitted();
    review.awaitDecision(first.asset, 1);
    byte[] poison = "not avro".getBytes(StandardCharsets.UTF_8);
    String key = "poison-" + first.generation;
    for (int i = 0; i < 12; i++) {
      // Spread over all partitions, so that it stands before the next good one whatever its key.
      review.topics.record(
          Topic.ASSET_EVENTS.topicName(), key + i, poison, Map.of("ce_type", "broken"));
    }
    Story second = new Story(review, ordinary).submitted();
    assertThat(review.awaitDecision(second.asset, 1).getOutcome())
        .isEqualTo(ModerationOutcome.CLEAR);
    var parked =
        review.topics.await(
            Topic.deadLetter(Topic.ASSET_EVENTS.topicName()), r -> r.key().equals(key + 0));
    assertThat(parked.value()).isEqualTo(poison);
  }

  @Test
  void nothingIsKeptOfAnErasedGenerationInWhateverOrder() {
    Story before = new Story(review, ordinary).stored();
    before.tellErased();
    before.tellTombstone();
    Awaitility.await()
        .until(() ->
            !review
                .published(ReviewErased.class, e -> e.getGeneration().equals(before.generation))
                .isEmpty());
    before.events().forEach(Runnable::run);

    Story after = new Story(review, ordinary, before.shot).submitted();
    review.awaitDecision(after.asset, 1);
    after.tellTombstone();
    after.tellErased();
    after.tellErased();
    Awaitility.await()
        .untilAsserted(() -> {
          JsonNode board = review.read(ReviewFixture.OWNER, "/api/reviews/shots/" + before.shot);
          assertThat(board.path("variations")).isEmpty();
        });
    assertThat(
            review.fetch(ReviewFixture.OWNER, "/api/moderation/assets/" + after.asset).statusCode())
        .isEqualTo(404);
    assertThat(
            review.published(ReviewErased.class, e -> e.getGeneration().equals(after.generation)))
        .hasSize(1);
    assertThat(review.published(ModerationDecided.class, d -> d.getAsset().equals(before.asset)))
        .isEmpty();
  }

  @Test
  void everyMeterThatIsDocumentedIsThere() {
    Story story = new Story(review, testCard).submitted();
    review.awaitDecision(story.asset, 1);
    String metrics = review.fetch(ReviewFixture.OWNER, "/actuator/prometheus").body();
    for (String name :
        List.of(
            "dailies_review_moderation_decided_total{",
            "dailies_review_moderation_judged_seconds_count",
            "dailies_review_moderation_running",
            "dailies_review_moderation_waiting",
            "dailies_review_moderation_oldest_seconds",
            "dailies_review_moderation_held")) {
      assertThat(metrics).contains(name);
    }
  }

  @Test
  void healthNamesEverythingThatIsNeeded() {
    JsonNode health = review.read(ReviewFixture.OWNER, "/actuator/health");
    assertThat(health.path("status").asString()).isEqualTo("UP");
    assertThat(health.path("components").propertyNames())
        .contains("db", "broker", "store", "ffmpeg", "policy");
    assertThat(health.path("components").path("policy").path("details").path("version").asString())
        .isEqualTo(ReviewFixture.POLICY);
  }
}
