package dev.dailies.animatic;

import static dev.dailies.animatic.RunningEndpoint.small;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

/** The wire, as OpenAI's clients speak it. */
class VideosProtocolTest {
  @TempDir static Path data;
  static RunningEndpoint endpoint;

  @BeforeAll
  static void start() {
    endpoint = RunningEndpoint.over(data);
  }

  @AfterAll
  static void stop() {
    endpoint.close();
  }

  @Test
  void aVideoIsCreatedFollowedAndEnds() throws Exception {
    Map<String, Object> fields = new HashMap<>(small("a boat"));
    fields.put("client_reference", "story");

    HttpResponse<String> created = endpoint.post(fields);
    JsonNode video = RunningEndpoint.JSON.readTree(created.body());

    assertThat(created.statusCode()).isEqualTo(200);
    assertThat(created.headers().firstValue("openai-poll-after-ms")).contains("250");
    assertThat(video.path("object").asString()).isEqualTo("video");
    assertThat(video.path("status").asString()).isEqualTo("queued");
    assertThat(video.path("id").asString()).matches("[A-Za-z0-9_-]+");

    JsonNode ended = endpoint.completed(video.path("id").asString());
    assertThat(ended.path("progress").asInt()).isEqualTo(100);
    assertThat(ended.path("seconds").asString()).isEqualTo("1");
    assertThat(ended.path("size").asString()).isEqualTo("160x90");
    assertThat(ended.path("seed").asInt()).isEqualTo(7);
    assertThat(ended.path("client_reference").asString()).isEqualTo("story");
    assertThat(ended.path("completed_at").asLong()).isPositive();
    assertThat(ended.path("expires_at").asLong())
        .isGreaterThan(ended.path("completed_at").asLong());
    assertThat(ended.path("cost").path("amount").asString()).isEqualTo("0.01");
    assertThat(ended.path("cost").path("currency").asString()).isEqualTo("USD");
    assertThat(ended.path("inference_time_s").asDouble()).isPositive();
  }

  @Test
  void aFormInChunksIsRead() throws Exception {
    String form =
        """
        --sep\r
        Content-Disposition: form-data; name="prompt"\r
        \r
        gr\u00fcne Wiese\r
        --sep\r
        Content-Disposition: form-data; name="seconds"\r
        \r
        1\r
        --sep\r
        Content-Disposition: form-data; name="size"\r
        \r
        160x90\r
        --sep--\r
        """;
    byte[] body = form.getBytes(StandardCharsets.UTF_8);

    HttpResponse<String> answer =
        endpoint.send(
            endpoint
                .request("/v1/videos")
                .header("Content-Type", "multipart/form-data; boundary=sep")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode video = RunningEndpoint.JSON.readTree(answer.body());
    assertThat(video.path("prompt").asString()).isEqualTo("gr\u00fcne Wiese");
    assertThat(video.path("size").asString()).isEqualTo("160x90");
  }

  @Test
  void aFormWithoutABodyIsRefusedAtOnce() throws Exception {
    HttpResponse<String> answer =
        endpoint.send(
            endpoint
                .request("/v1/videos")
                .header("Content-Type", "multipart/form-data; boundary=sep")
                .POST(BodyPublishers.noBody())
                .build());

    assertError(answer, 400, "invalid_value");
  }

  @ParameterizedTest
  @CsvSource({
    "seconds, 0, seconds",
    "seconds, 21, seconds",
    "seconds, soon, seconds",
    "size, 161x90, size",
    "size, 32x32, size",
    "size, 2000x1000, size",
    "size, big, size",
    "seed, x, seed",
    "fps, 0, fps",
    "prompt, ' ', prompt"
  })
  void aWrongFieldIsNamed(String field, String value, String param) throws Exception {
    Map<String, Object> fields = new HashMap<>(small("a boat"));
    fields.put(field, value);

    HttpResponse<String> answer = endpoint.post(fields);

    assertError(answer, 400, "invalid_value");
    JsonNode error = RunningEndpoint.JSON.readTree(answer.body()).path("error");
    assertThat(error.path("param").asString()).isEqualTo(param);
    assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
    assertThat(answer.headers().firstValue("x-should-retry")).contains("false");
  }

  @Test
  void anUnknownModelIsRefusedAndModelsAreListed() throws Exception {
    Map<String, Object> fields = new HashMap<>(small("a boat"));
    fields.put("model", "sora-2");

    assertError(endpoint.post(fields), 404, "model_not_found");
    JsonNode models = endpoint.json("/v1/models").path("data");
    assertThat(models.get(0).path("id").asString()).isEqualTo("animatic-1");
  }

  @Test
  void errorsOfThePathHaveTheSameShape() throws Exception {
    assertError(endpoint.get("/v1/nothing"), 404, "not_found");
    assertError(endpoint.get("/v1/videos/video_unknown"), 404, "not_found");
    assertError(
        endpoint.send(endpoint.request("/v1/videos").PUT(BodyPublishers.noBody()).build()),
        405,
        "method_not_allowed");
    assertError(
        endpoint.send(
            endpoint
                .request("/v1/videos")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("x"))
                .build()),
        415,
        "unsupported_media_type");
  }

  @Test
  void theListIsPagedBothWaysAndFilteredByReference() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Map<String, Object> fields = new HashMap<>(small("page " + i));
      fields.put("client_reference", i < 3 ? "paged" : "other");
      ids.add(endpoint.accepted(fields));
    }

    JsonNode first = endpoint.json("/v1/videos?client_reference=paged&order=asc&limit=2");
    JsonNode second =
        endpoint.json(
            "/v1/videos?client_reference=paged&order=asc&limit=2&after="
                + first.path("last_id").asString());
    JsonNode newest = endpoint.json("/v1/videos?limit=2");

    assertThat(idsOf(first)).containsExactly(ids.get(0), ids.get(1));
    assertThat(first.path("has_more").asBoolean()).isTrue();
    assertThat(idsOf(second)).containsExactly(ids.get(2));
    assertThat(second.path("has_more").asBoolean()).isFalse();
    assertThat(idsOf(newest)).containsExactly(ids.get(4), ids.get(3));
    assertThat(endpoint.json("/v1/videos?client_reference=nobody").path("data")).isEmpty();
    assertError(endpoint.get("/v1/videos?limit=101"), 400, "invalid_value");
  }

  @Test
  void contentComesWholeInRangesAndAsPictures() throws Exception {
    String id = endpoint.accepted(small("ranges"));
    endpoint.completed(id);
    String path = "/v1/videos/" + id + "/content";
    HttpResponse<byte[]> whole = endpoint.bytes(path);
    int size = whole.body().length;

    HttpResponse<byte[]> middle = endpoint.bytes(path, "Range", "bytes=100-199");
    HttpResponse<byte[]> tail = endpoint.bytes(path, "Range", "bytes=-50");
    HttpResponse<byte[]> outside = endpoint.bytes(path, "Range", "bytes=" + size + "-");
    HttpResponse<byte[]> thumbnail = endpoint.bytes(path + "?variant=thumbnail");
    HttpResponse<byte[]> sprite = endpoint.bytes(path + "?variant=spritesheet");

    assertThat(whole.headers().firstValue("content-type")).contains("video/mp4");
    assertThat(whole.headers().firstValue("accept-ranges")).contains("bytes");
    assertThat(middle.statusCode()).isEqualTo(206);
    assertThat(middle.body()).isEqualTo(Arrays.copyOfRange(whole.body(), 100, 200));
    assertThat(middle.headers().firstValue("content-range")).contains("bytes 100-199/" + size);
    assertThat(tail.body()).isEqualTo(Arrays.copyOfRange(whole.body(), size - 50, size));
    assertThat(outside.statusCode()).isEqualTo(416);
    assertThat(new String(thumbnail.body(), 8, 4, StandardCharsets.US_ASCII)).isEqualTo("WEBP");
    assertThat(sprite.body()).startsWith(0xff, 0xd8);
    assertThat(endpoint.bytes(path + "?variant=other").statusCode()).isEqualTo(400);
  }

  @Test
  void healthAnswersAndMetricsAreThere() throws Exception {
    assertThat(endpoint.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    String metrics = endpoint.get("/actuator/prometheus").body();
    assertThat(metrics)
        .contains("dailies_animatic_ended_total{")
        .contains("dailies_animatic_render_seconds_count")
        .contains("dailies_animatic_waiting")
        .contains("dailies_animatic_running");
  }

  @Test
  void withoutTheOptionAMarkerIsText() throws Exception {
    String id = endpoint.accepted(small("plain [[fail]] text [[429]]"));

    endpoint.completed(id);
    assertThat(endpoint.get("/controls").statusCode()).isEqualTo(404);
  }

  static void assertError(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    JsonNode error = RunningEndpoint.JSON.readTree(answer.body()).path("error");
    assertThat(error.path("code").asString()).isEqualTo(code);
    assertThat(error.path("message").asString()).isNotBlank();
    assertThat(error.has("type")).isTrue();
    assertThat(error.has("param")).isTrue();
  }

  private static List<String> idsOf(JsonNode list) {
    List<String> ids = new ArrayList<>();
    list.path("data").forEach(video -> ids.add(video.path("id").asString()));
    return ids;
  }
}
