package dev.dailies.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dailies.contracts.Topic;
import dev.dailies.local.DailiesClient.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** After an erasure nothing that Dailies keeps has a word of the request, and no media are left. */
class ErasureTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void noWordAndNoFileIsLeftOfWhatWasErased() throws Exception {
    SharedStack stack = SharedStack.get();
    DailiesClient producer = stack.client("dailies-local");
    List<WordSearch> words =
        List.of(new WordSearch(stack, "quokkabrille"), new WordSearch(stack, "zwiebelharfe"));
    String id =
        producer.submit(
            Map.of(
                "prompt", "A quokkabrille beside a zwiebelharfe at dawn",
                "negative_prompt", "no second quokkabrille",
                "metadata", Map.of("campaign", "zwiebelharfe"),
                "beats", List.of(Map.of("at", 0, "seconds", 1, "text", "The zwiebelharfe sounds")),
                "seconds", "1",
                "size", "160x90"));
    producer.awaitVideo(id, "completed", SOON);
    Answer told = producer.generation(id);
    String asset = told.text("asset");
    // So that this test can fail: the words are where they are kept, the files are in the store.
    for (WordSearch word : words) {
      assertThat(word.tables()).contains("prompt-service.generation", "review-service.take");
      assertThat(word.topics()).containsExactly(Topic.GENERATION_SPECS.topicName());
      assertThat(word.keptTooLong()).isEmpty();
    }
    assertThat(new WordSearch(stack, id).objects()).isNotEmpty();
    assertThat(new WordSearch(stack, asset).objects()).hasSizeGreaterThan(3);

    Answer deleted = producer.delete("/v1/videos/" + id);
    assertThat(deleted.status()).as("%s", deleted).isEqualTo(200);
    assertThat(deleted.body().path("deleted").asBoolean()).isTrue();

    Answer facts =
        producer.awaitAnswer(
            "/api/generations/" + id,
            answer ->
                answer.body().at("/erasure/media_removed_at").isString()
                    && answer.body().at("/erasure/reviews_removed_at").isString(),
            SOON);
    assertThat(facts.text("state")).isEqualTo("completed");
    assertThat(facts.body().at("/cost/spent").toString())
        .isEqualTo(told.body().at("/cost/spent").toString());
    assertThat(producer.video(id).status()).isEqualTo(404);
    assertThat(producer.get("/v1/videos/" + id + "/content").status()).isEqualTo(404);
    assertThat(new WordSearch(stack, id).objects()).isEmpty();
    assertThat(new WordSearch(stack, asset).objects()).isEmpty();
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          for (WordSearch word : words) {
            assertThat(word.tables()).isEmpty();
            assertThat(word.topics()).isEmpty();
          }
        });
    assertThat(words).allSatisfy(word -> assertThat(word.objects()).isEmpty());
  }
}
