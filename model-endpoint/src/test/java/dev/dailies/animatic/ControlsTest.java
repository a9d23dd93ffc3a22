package dev.dailies.animatic;

import static dev.dailies.animatic.RunningEndpoint.small;
import static dev.dailies.animatic.VideosProtocolTest.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dailies.media.Ffprobe;
import dev.dailies.media.MediaProbe;
import dev.dailies.media.ProbeOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the endpoint does wrong when told to, and what the journal says about it. */
class ControlsTest {
  @TempDir static Path data;
  @TempDir Path folder;
  static RunningEndpoint endpoint;

  @BeforeAll
  static void start() {
    endpoint = RunningEndpoint.over(data, "controls=true");
  }

  @AfterAll
  static void stop() {
    endpoint.close();
  }

  @ParameterizedTest
  @CsvSource({
    "[[refuse]], moderation_blocked, 0.00",
    "[[refuse-output]], content_filter, 0.01",
    "[[fail]], internal_error, 0.00",
    "[[fail=OutOfMemoryError]], OutOfMemoryError, 0.00",
    "[[fail]][[billed]], internal_error, 0.01"
  })
  void aJobFailsAsTold(String marker, String code, String billed) throws Exception {
    String reference = "fails-" + marker.replaceAll("[^a-zA-Z]", "");
    String id = endpoint.accepted(referring("it " + marker, reference));

    JsonNode video = endpoint.ended(id);

    assertThat(video.path("status").asString()).isEqualTo("failed");
    assertThat(video.path("error").path("code").asString()).isEqualTo(code);
    JsonNode line = journalEnd(reference);
    assertThat(line.path("outcome").asString()).isEqualTo("failed");
    assertThat(line.path("code").asString()).isEqualTo(code);
    assertThat(line.path("billed").path("amount").asString()).isEqualTo(billed);
    assertThat(endpoint.get("/v1/videos/" + id + "/content").statusCode()).isEqualTo(422);
  }

  @Test
  void tooManyIsToldOnceAndJournaledAsRejected() throws Exception {
    Map<String, Object> fields = referring("busy [[429=3s times=1]]", "busy");

    HttpResponse<String> first = endpoint.post(fields);
    HttpResponse<String> second = endpoint.post(fields);

    assertError(first, 429, "rate_limit_exceeded");
    assertThat(first.headers().firstValue("retry-after")).contains("3");
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(endpoint.journal("rejected", "busy")).hasSize(1);
    assertThat(endpoint.journal("accepted", "busy")).hasSize(1);
  }

  @Test
  void fiveHundredComesBeforeOrAfterTheAccept() throws Exception {
    assertError(endpoint.post(referring("no [[500]]", "five")), 500, "internal_error");
    assertThat(endpoint.journal("accepted", "five")).isEmpty();

    assertError(
        endpoint.post(referring("yes [[500-after-accept]]", "five")), 500, "internal_error");
    assertThat(endpoint.journal("accepted", "five")).hasSize(1);
    assertThat(endpoint.json("/v1/videos?client_reference=five").path("data")).hasSize(1);
  }

  @Test
  void theConnectionClosesBeforeOrAfterTheAccept() throws Exception {
    assertThatThrownBy(() -> endpoint.post(referring("no [[reset-before-accept]]", "gone")))
        .isInstanceOf(IOException.class);
    assertThat(endpoint.journal("accepted", "gone")).isEmpty();

    assertThatThrownBy(() -> endpoint.post(referring("yes [[reset-after-accept]]", "back")))
        .isInstanceOf(IOException.class);
    assertThat(endpoint.journal("accepted", "back")).hasSize(1);
    JsonNode found = endpoint.json("/v1/videos?client_reference=back").path("data");
    assertThat(found).hasSize(1);
    endpoint.completed(found.get(0).path("id").asString());
  }

  @Test
  void aLostJobIsUnknownAndAMissingOneComesBack() throws Exception {
    String lost = endpoint.accepted(referring("it [[lost]]", "lost"));
    assertThat(endpoint.get("/v1/videos/" + lost).statusCode()).isEqualTo(404);
    assertThat(journalEnd("lost").path("outcome").asString()).isEqualTo("lost");

    String missing = endpoint.accepted(small("it [[missing=2]]"));
    assertThat(endpoint.get("/v1/videos/" + missing).statusCode()).isEqualTo(404);
    assertThat(endpoint.get("/v1/videos/" + missing).statusCode()).isEqualTo(404);
    endpoint.completed(missing);
  }

  @Test
  void aHangingJobIsAbortedWithinASecond() throws Exception {
    String id = endpoint.accepted(referring("it [[hang]]", "hang"));
    await()
        .until(
            () -> endpoint.json("/v1/videos/" + id).path("status").asString(),
            "in_progress"::equals);
    assertError(endpoint.get("/v1/videos/" + id + "/content"), 404, "video_not_ready");

    long before = System.nanoTime();
    HttpResponse<String> deleted = endpoint.delete(id);

    assertThat(deleted.statusCode()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
    assertThat(endpoint.get("/v1/videos/" + id).statusCode()).isEqualTo(404);
    assertThat(journalEnd("hang").path("outcome").asString()).isEqualTo("cancelled");
    assertThat(endpoint.delete(id).statusCode()).isEqualTo(404);
  }

  @Test
  void aSlowJobTakesItsTimeAndItsProgressMoves() throws Exception {
    String id = endpoint.accepted(small("it [[slow=700ms]]"));

    int seen =
        await()
            .pollInterval(Duration.ofMillis(30))
            .until(
                () -> endpoint.json("/v1/videos/" + id).path("progress").asInt(),
                progress -> progress > 10 && progress < 90);
    JsonNode video = endpoint.completed(id);

    assertThat(seen).isBetween(11, 89);
    assertThat(video.path("inference_time_s").asDouble()).isGreaterThanOrEqualTo(0.7);
  }

  @Test
  void contentIsSpoiledAsTold() throws Exception {
    String garbage = endpoint.accepted(small("it [[garbage]]"));
    String truncated = endpoint.accepted(small("it [[truncated]]"));
    String whole = endpoint.accepted(small("it"));
    List.of(garbage, truncated, whole).forEach(endpoint::completed);

    assertThat(Ffprobe.probe(endpoint.download(garbage, folder)))
        .isInstanceOf(ProbeOutcome.Unreadable.class);
    long full = endpoint.bytes("/v1/videos/" + whole + "/content").body().length;
    long half = endpoint.bytes("/v1/videos/" + truncated + "/content").body().length;
    assertThat(half).isEqualTo(full / 2);
  }

  @Test
  void theDownloadIsCutOff() throws Exception {
    String id = endpoint.accepted(small("it [[cut]]"));
    endpoint.completed(id);

    assertThatThrownBy(() -> endpoint.bytes("/v1/videos/" + id + "/content"))
        .isInstanceOf(IOException.class);
  }

  @Test
  void lengthSizeAndSoundAreWrongAsTold() throws Exception {
    String shorter = endpoint.accepted(small("it [[wrong-length]]"));
    String smaller = endpoint.accepted(small("it [[wrong-size]]"));
    String mute = endpoint.accepted(small("it [[no-audio]]"));
    List.of(shorter, smaller, mute).forEach(endpoint::completed);

    assertThat(endpoint.probed(shorter, folder).video().orElseThrow().frames()).contains(12L);
    MediaProbe.Video small = endpoint.probed(smaller, folder).video().orElseThrow();
    assertThat(small.width()).isEqualTo(80);
    assertThat(small.height()).isEqualTo(44);
    assertThat(endpoint.probed(mute, folder).audio()).isEmpty();
  }

  @Test
  void aGibibyteIsPlayableAndCostsNothing() throws Exception {
    String id = endpoint.accepted(small("it [[large=1GiB]]"));
    endpoint.completed(id);
    String path = "/v1/videos/" + id + "/content";

    HttpResponse<byte[]> end = endpoint.bytes(path, "Range", "bytes=1073741800-");
    assertThat(end.headers().firstValue("content-range"))
        .contains("bytes 1073741800-1073741823/1073741824");
    assertThat(end.body()).hasSize(24).containsOnly(0);

    String twoMebibytes = endpoint.accepted(small("it [[large=2MiB]]"));
    endpoint.completed(twoMebibytes);
    MediaProbe probe = endpoint.probed(twoMebibytes, folder);
    assertThat(probe.size()).isEqualTo(2 << 20);
    assertThat(probe.video().orElseThrow().frames()).contains(24L);
  }

  @Test
  void thePriceIsDictated() throws Exception {
    String id = endpoint.accepted(referring("it [[price=0.5]]", "price"));

    JsonNode video = endpoint.completed(id);

    assertThat(video.path("cost").path("amount").asString()).isEqualTo("0.50");
    assertThat(
            endpoint
                .journal("accepted", "price")
                .getFirst()
                .path("price")
                .path("amount")
                .asString())
        .isEqualTo("0.50");
  }

  @Test
  void defaultsAreSetByTheAdminCallAndAHeaderComesBeforeThem() throws Exception {
    set("[[fail=planned]]");
    try {
      assertThat(
              endpoint
                  .ended(endpoint.accepted(small("plain")))
                  .path("error")
                  .path("code")
                  .asString())
          .isEqualTo("planned");
      HttpResponse<String> answer =
          endpoint.send(
              endpoint
                  .request("/v1/videos")
                  .header("Content-Type", "application/json")
                  .header("X-Animatic-Controls", "[[500]]")
                  .POST(BodyPublishers.ofString("{\"prompt\":\"plain\"}"))
                  .build());
      assertThat(answer.statusCode()).isEqualTo(500);
    } finally {
      set("");
    }
    endpoint.completed(endpoint.accepted(small("plain")));
    HttpResponse<String> unknown = put("[[nonsense]]");
    assertThat(unknown.statusCode()).isEqualTo(400);
  }

  @Test
  void theTestCardShowsItsSevenBars() throws Exception {
    String id = endpoint.accepted(small("it [[testcard]]"));
    endpoint.completed(id);

    int[][] bars = {
      {191, 191, 191},
      {191, 191, 0},
      {0, 191, 191},
      {0, 191, 0},
      {191, 0, 191},
      {191, 0, 0},
      {0, 0, 191}
    };
    byte[] frame = Frames.at(endpoint.download(id, folder), 12, 160, 90);
    for (int bar = 0; bar < 7; bar++) {
      for (int row : new int[] {2, 45, 87}) {
        int offset = (row * 160 + (160 * (2 * bar + 1)) / 14) * 3;
        for (int channel = 0; channel < 3; channel++) {
          assertThat(frame[offset + channel] & 0xff)
              .as("bar %d row %d channel %d", bar, row, channel)
              .isBetween(bars[bar][channel] - 8, bars[bar][channel] + 8);
        }
      }
    }
  }

  @Test
  void theContentOfAnUnreadableRequestIsNotRead() throws Exception {
    try (InputStream nothing = InputStream.nullInputStream()) {
      HttpResponse<String> answer =
          endpoint.send(
              endpoint
                  .request("/v1/videos")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofInputStream(() -> nothing))
                  .build());
      assertError(answer, 400, "invalid_body");
    }
  }

  private static Map<String, Object> referring(String prompt, String reference) {
    Map<String, Object> fields = new HashMap<>(small(prompt));
    fields.put("client_reference", reference);
    return fields;
  }

  private static JsonNode journalEnd(String reference) {
    return await()
        .until(() -> endpoint.journal("ended", reference), lines -> lines.size() == 1)
        .getFirst();
  }

  private static void set(String markers) throws Exception {
    assertThat(put(markers).statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> put(String markers) throws Exception {
    return endpoint.send(
        endpoint
            .request("/controls")
            .header("Content-Type", "application/json")
            .PUT(
                BodyPublishers.ofString(
                    RunningEndpoint.JSON.writeValueAsString(Map.of("markers", markers))))
            .build());
  }
}
