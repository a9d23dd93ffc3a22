package dev.dailies.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.local.DailiesClient.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One prompt becomes one cleared, stored, selected video: the way of a request, told once. */
class StoryTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @Test
  void onePromptBecomesOneSelectedVideo() {
    SharedStack stack = SharedStack.get();
    DailiesClient producer = stack.client("dailies-local");
    DailiesClient reviewer = stack.client("dailies-reviewer");

    // Submitted: accepted at once, and durable.
    String id =
        producer
            .tracedBy("00-" + TRACE + "-00f067aa0ba902b7-01")
            .submit(
                Map.of(
                    "prompt",
                    "a lighthouse at dawn",
                    "seconds",
                    "2",
                    "size",
                    "640x360",
                    "seed",
                    7));
    assertThat(producer.video(id).text("status")).isIn("queued", "in_progress");
    assertThat(producer.get("/v1/videos/" + id + "/content").status()).isEqualTo(404);

    // Released, claimed, rendered, stored, ingested and cleared: only then is it completed.
    producer.awaitVideo(id, "completed", SOON);
    Answer told = producer.generation(id);
    assertThat(told.text("state")).isEqualTo("completed");
    assertThat(timesOf(told)).isSorted();
    assertThat(told.body().path("renders")).hasSize(1);

    // Paid once, says the endpoint itself, and within the trace of the first request.
    String render = told.body().path("renders").get(0).path("id").asString();
    assertThat(stack.journal().paidSubmits(render)).isEqualTo(1);
    assertThat(stack.journal().traceParent(render)).startsWith("00-" + TRACE);

    // The file plays, has the asked form, and says that a machine made it.
    Path file = stack.folder().resolve(id + ".mp4");
    assertThat(producer.download("/v1/videos/" + id + "/content", file)).isEqualTo(200);
    PlayedMedia media = PlayedMedia.of(file);
    assertThat(media.videoCodec()).isEqualTo("h264");
    assertThat(media.audioCodec()).isEqualTo("aac");
    assertThat(media.size()).isEqualTo("640x360");
    assertThat(media.seconds()).isBetween(2 - media.frame(), 2 + media.frame());
    assertThat(media.bytesContain("trainedAlgorithmicMedia")).isTrue();

    // Selected: a person's decision on the shot, which names what it decided on.
    String shot = told.text("shot");
    Answer board = reviewer.awaitAnswer("/api/reviews/shots/" + shot, a -> a.status() == 200, SOON);
    String asset = told.text("asset");
    Answer selected =
        reviewer.post(
            "/api/reviews/shots/" + shot + "/select",
            Map.of("asset", asset, "shot_version", board.body().path("shot_version").asLong()));
    assertThat(selected.status()).as("%s", selected).isEqualTo(200);
    producer.awaitAnswer(
        "/api/generations/" + id,
        a -> a.body().path("facts").path("selection").asString("").equals("selected"),
        SOON);
  }

  private static List<Instant> timesOf(Answer generation) {
    return Stream.of(
            "accepted",
            "released",
            "claimed",
            "submitted",
            "rendered",
            "checked",
            "moderated",
            "viewable")
        .map(step -> Instant.parse(generation.body().path("times").path(step + "_at").asString()))
        .toList();
  }
}
