package dev.dailies.animatic;

import static dev.dailies.animatic.RunningEndpoint.small;
import static dev.dailies.animatic.VideosProtocolTest.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.dailies.media.MediaProbe;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Videos made of a picture or of other videos, looked at frame by frame. */
class DerivedVideosTest {
  private static final int WIDTH = 160;
  private static final int HEIGHT = 90;

  @TempDir static Path data;
  @TempDir static Path clips;
  static RunningEndpoint endpoint;

  @BeforeAll
  static void start() {
    endpoint = RunningEndpoint.over(data, "slots=2", "controls=true");
  }

  @AfterAll
  static void stop() {
    endpoint.close();
  }

  @Test
  void aPictureIsSeenAndARemixStartsFromItToo() throws Exception {
    String card = made(small("card [[testcard]]"));
    byte[] picture = endpoint.bytes("/v1/videos/" + card + "/content?variant=thumbnail").body();
    Map<String, Object> fields = new HashMap<>(small("a picture"));
    fields.put(
        "input_reference",
        Map.of(
            "image_url", "data:image/webp;base64," + Base64.getEncoder().encodeToString(picture)));
    String parent = made(fields);

    String remix =
        accepted(
            "/v1/videos/" + parent + "/remix",
            Map.of("prompt", "at night", "client_reference", "remixed"));
    JsonNode video = endpoint.completed(remix);

    assertThat(pixel(parent, 0, 80, 10)).satisfies(DerivedVideosTest::isGreen);
    assertThat(pixel(remix, 0, 80, 10)).satisfies(DerivedVideosTest::isGreen);
    assertThat(Frames.difference(frame(parent, 0), frame(remix, 0))).isPositive();
    assertThat(video.path("remixed_from_video_id").asString()).isEqualTo(parent);
    assertThat(video.path("prompt").asString()).isEqualTo("at night");
    assertThat(video.path("seed").asInt()).isEqualTo(7);
    assertThat(video.path("size").asString()).isEqualTo("160x90");
    assertThat(video.path("seconds").asString()).isEqualTo("1");
    assertThat(endpoint.json("/v1/videos?client_reference=remixed").path("data")).hasSize(1);
    assertThat(endpoint.journal("accepted", "remixed"))
        .singleElement()
        .satisfies(line -> {
          assertThat(line.path("operation").asString()).isEqualTo("remix");
          assertThat(line.path("source").asString()).isEqualTo(parent);
          assertThat(line.path("price").path("amount").asString()).isEqualTo("0.01");
        });
  }

  @Test
  void anExtensionIsTheVideoAndAContinuation() throws Exception {
    String parent = made(small("a boat"));

    String longer =
        accepted(
            "/v1/videos/extensions",
            Map.of("prompt", "it lands", "video", Map.of("id", parent), "seconds", "2"));
    JsonNode video = endpoint.completed(longer);

    MediaProbe probe = endpoint.probed(longer, clips);
    assertThat(video.path("seconds").asString()).isEqualTo("3");
    assertThat(probe.video().orElseThrow().frames()).contains(72L);
    assertThat(probe.audio().orElseThrow().duration().toMillis()).isCloseTo(3000, within(60L));
    // What was there is paid for already.
    assertThat(video.path("cost").path("amount").asString()).isEqualTo("0.02");
    assertThat(Frames.difference(frame(parent, 12), frame(longer, 12))).isLessThan(6);
    assertThat(Frames.difference(frame(longer, 23), frame(longer, 24))).isLessThan(16);
    assertThat(Frames.difference(frame(longer, 24), frame(longer, 71))).isGreaterThan(2);

    assertError(post("/v1/videos/" + parent + "/remix", Map.of()), 400, "invalid_value");
    assertError(
        post("/v1/videos/extensions", Map.of("prompt", "x", "video", parent, "seconds", "21")),
        400,
        "invalid_value");
    HttpResponse<String> again =
        form("/v1/videos/extensions", Map.of("prompt", "x", "video[id]", longer, "seconds", "1"));
    assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
    assertThat(endpoint.completed(id(again)).path("seconds").asString()).isEqualTo("4");
  }

  @Test
  void anEditShowsTheVideoInOtherColours() throws Exception {
    String card = made(small("card [[testcard]]"));
    byte[] file = Files.readAllBytes(endpoint.download(card, clips));

    String byId =
        accepted("/v1/videos/edits", Map.of("prompt", "colder", "video", Map.of("id", card)));
    HttpResponse<String> sent =
        form("/v1/videos/edits", Map.of("prompt", "colder", "video", file, "seed", "7"));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);

    for (String edit : new String[] {byId, id(sent)}) {
      JsonNode video = endpoint.completed(edit);
      assertThat(video.path("seconds").asString()).isEqualTo("1");
      assertThat(video.path("size").asString()).isEqualTo("160x90");
      // Grey stays grey in any hue; green doesn't stay green.
      int[] grey = pixel(edit, 12, 8, 10);
      assertThat(grey[0]).isCloseTo(191, within(12)).isCloseTo(grey[2], within(12));
      assertThat(Math.abs(pixel(edit, 12, 80, 10)[1] - pixel(card, 12, 80, 10)[1]))
          .isGreaterThan(20);
    }
    assertThat(Frames.difference(frame(byId, 12), frame(id(sent), 12))).isLessThan(3);
    // The picture is of the edited video, its length may be another.
    JsonNode shorter =
        endpoint.completed(
            accepted("/v1/videos/edits", Map.of("prompt", "x", "video", card, "seconds", "0.5")));
    assertThat(shorter.path("seconds").asString()).isEqualTo("0.5");
  }

  @Test
  void whatCannotBeMadeIsRefusedAndNotPaid() throws Exception {
    String slow = endpoint.accepted(small("slow [[hang]]"));
    String failed = endpoint.accepted(small("failed [[fail]]"));
    endpoint.ended(failed);
    int paid = endpoint.json("/journal?type=accepted&limit=1000").path("data").size();

    assertError(post("/v1/videos/video_no/remix", Map.of("prompt", "x")), 404, "not_found");
    assertError(
        post("/v1/videos/edits", Map.of("prompt", "x", "video", Map.of("id", "video_no"))),
        404,
        "not_found");
    HttpResponse<String> early =
        post("/v1/videos/extensions", Map.of("prompt", "x", "video", slow, "seconds", "1"));
    assertError(early, 400, "video_not_ready");
    assertThat(early.headers().firstValue("x-should-retry")).contains("false");
    assertError(
        post("/v1/videos/" + failed + "/remix", Map.of("prompt", "x")), 400, "video_failed");
    assertError(post("/v1/videos/edits", Map.of("prompt", "x")), 400, "invalid_value");
    assertError(
        form("/v1/videos/edits", Map.of("prompt", "x", "video", "no clip".getBytes(UTF8))),
        400,
        "invalid_value");
    endpoint.delete(slow);
    assertError(post("/v1/videos/" + slow + "/remix", Map.of("prompt", "x")), 404, "not_found");
    assertThat(endpoint.json("/journal?type=accepted&limit=1000").path("data")).hasSize(paid);
  }

  @Test
  void aRestartFinishesAnExtensionWhoseVideoWasDeleted(@TempDir Path other) throws Exception {
    String longer;
    String front;
    try (RunningEndpoint first = RunningEndpoint.over(other, "slots=1", "controls=true")) {
      String parent = first.accepted(small("a boat"));
      first.completed(parent);
      front = first.accepted(small("in front [[hang times=1]]"));
      longer =
          id(
              post(
                  first,
                  "/v1/videos/extensions",
                  Map.of(
                      "prompt", "on", "video", parent, "seconds", "1", "client_reference", "r")));
      assertThat(first.delete(parent).statusCode()).isEqualTo(200);
    }
    // As it was written before videos were made of videos.
    Path state = other.resolve("jobs").resolve(front).resolve("job.json");
    String now = Files.readString(state);
    Files.writeString(state, now.replace("\"origin\":null,", ""));
    assertThat(Files.readString(state)).isNotEqualTo(now);
    try (RunningEndpoint second = RunningEndpoint.over(other, "slots=2", "controls=false")) {
      assertThat(second.completed(longer).path("seconds").asString()).isEqualTo("2");
      assertThat(second.get("/v1/videos/" + front).statusCode()).isEqualTo(200);
      assertThat(second.journal("accepted", "r")).hasSize(1);
      await().until(() -> second.journal("ended", "r").size() == 1);
      await()
          .until(() -> !Files.exists(other.resolve("jobs").resolve(longer).resolve("footage.mp4")));
    }
  }

  private static final java.nio.charset.Charset UTF8 = StandardCharsets.UTF_8;

  private static String made(Map<String, Object> fields) throws Exception {
    String id = endpoint.accepted(fields);
    endpoint.completed(id);
    return id;
  }

  private static String accepted(String path, Map<String, Object> fields) throws Exception {
    HttpResponse<String> answer = post(path, fields);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return id(answer);
  }

  private static HttpResponse<String> post(String path, Map<String, Object> fields)
      throws Exception {
    return post(endpoint, path, fields);
  }

  private static HttpResponse<String> post(
      RunningEndpoint at, String path, Map<String, Object> fields) throws Exception {
    return at.send(
        at.request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(RunningEndpoint.JSON.writeValueAsString(fields)))
            .build());
  }

  private static HttpResponse<String> form(String path, Map<String, Object> fields)
      throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Map.Entry<String, Object> field : fields.entrySet()) {
      boolean file = field.getValue() instanceof byte[];
      body.write(
          ("--sep\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n"
                  .formatted(field.getKey(), file ? "; filename=\"clip.mp4\"" : ""))
              .getBytes(UTF8));
      body.write(
          field.getValue() instanceof byte[] bytes
              ? bytes
              : field.getValue().toString().getBytes(UTF8));
      body.write("\r\n".getBytes(UTF8));
    }
    body.write("--sep--\r\n".getBytes(UTF8));
    return endpoint.send(
        endpoint
            .request(path)
            .header("Content-Type", "multipart/form-data; boundary=sep")
            .POST(BodyPublishers.ofByteArray(body.toByteArray()))
            .build());
  }

  private static String id(HttpResponse<String> answer) {
    return RunningEndpoint.JSON.readTree(answer.body()).path("id").asString();
  }

  private static byte[] frame(String id, int number) throws Exception {
    Path clip = clips.resolve(id + ".mp4");
    return Frames.at(
        Files.exists(clip) ? clip : endpoint.download(id, clips), number, WIDTH, HEIGHT);
  }

  private static int[] pixel(String id, int number, int x, int y) throws Exception {
    byte[] frame = frame(id, number);
    int at = (y * WIDTH + x) * 3;
    return new int[] {frame[at] & 0xff, frame[at + 1] & 0xff, frame[at + 2] & 0xff};
  }

  private static void isGreen(int[] rgb) {
    assertThat(rgb[0]).isLessThan(40);
    assertThat(rgb[1]).isGreaterThan(150);
    assertThat(rgb[2]).isLessThan(40);
  }
}
