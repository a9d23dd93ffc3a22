package dev.dailies.animatic;

import static dev.dailies.animatic.RunningEndpoint.small;
import static dev.dailies.animatic.VideosProtocolTest.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** How many are taken, and who may ask. */
class QueueTest {
  @TempDir Path data;

  @Test
  void asManyAreAcceptedAsThereArePlacesAndAllOfThoseEnd() throws Exception {
    try (RunningEndpoint endpoint = RunningEndpoint.over(data, "slots=2", "queue=3")) {
      List<Callable<HttpResponse<String>>> posts =
          IntStream.range(0, 30)
              .<Callable<HttpResponse<String>>>mapToObj(i -> () -> endpoint.post(small("n" + i)))
              .toList();
      List<HttpResponse<String>> answers = new ArrayList<>();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (Future<HttpResponse<String>> answer : threads.invokeAll(posts)) {
          answers.add(answer.get());
        }
      }

      List<String> accepted = new ArrayList<>();
      for (HttpResponse<String> answer : answers) {
        if (answer.statusCode() == 200) {
          accepted.add(RunningEndpoint.JSON.readTree(answer.body()).path("id").asString());
        } else {
          assertError(answer, 429, "rate_limit_exceeded");
          assertThat(answer.headers().firstValueAsLong("retry-after").orElseThrow()).isPositive();
        }
      }
      assertThat(accepted)
          .hasSizeGreaterThanOrEqualTo(5)
          .hasSizeLessThan(30)
          .doesNotHaveDuplicates();
      accepted.forEach(endpoint::completed);
      JsonNode journal = endpoint.json("/journal?type=accepted").path("data");
      assertThat(journal).hasSize(accepted.size());
      assertThat(endpoint.json("/journal?type=rejected").path("data"))
          .hasSize(30 - accepted.size());
      // The places are free again.
      endpoint.completed(endpoint.accepted(small("later")));
    }
  }

  @Test
  void theKeyIsAskedFor() throws Exception {
    try (RunningEndpoint endpoint = RunningEndpoint.over(data, "key=secret")) {
      assertError(endpoint.post(small("x")), 401, "invalid_api_key");
      assertThat(endpoint.get("/journal").statusCode()).isEqualTo(401);
      assertThat(endpoint.get("/actuator/health").statusCode()).isEqualTo(200);
      HttpResponse<byte[]> models = endpoint.bytes("/v1/models", "Authorization", "Bearer secret");
      assertThat(models.statusCode()).isEqualTo(200);
    }
  }

  @Test
  void theJournalIsReadInPages() throws Exception {
    try (RunningEndpoint endpoint = RunningEndpoint.over(data)) {
      for (int i = 0; i < 3; i++) {
        endpoint.completed(endpoint.accepted(small("n" + i)));
      }
      // A video is seen as completed just before its line is written.
      await().until(() -> endpoint.json("/journal?type=ended").path("data").size() == 3);
      List<String> lines = new ArrayList<>();
      long after = 0;
      boolean more = true;
      while (more) {
        JsonNode page = endpoint.json("/journal?limit=2&after=" + after);
        page.path("data").forEach(line -> lines.add(line.toString()));
        after = page.path("next").asLong();
        more = page.path("has_more").asBoolean();
      }

      assertThat(lines).hasSize(6).doesNotHaveDuplicates();
      assertThat(endpoint.json("/journal?after=" + after).path("data")).isEmpty();
    }
  }

  @Test
  void theOldestClipsMakeRoom() throws Exception {
    try (RunningEndpoint endpoint = RunningEndpoint.over(data, "keep-bytes=1B")) {
      String id = endpoint.accepted(small("x"));
      endpoint.completed(id);
      endpoint.sweep();
      assertThat(endpoint.get("/v1/videos/" + id).statusCode()).isEqualTo(404);
      assertThat(data.resolve("jobs").resolve(id)).doesNotExist();
    }
  }
}
