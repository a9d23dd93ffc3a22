package dev.dailies.animatic;

import static dev.dailies.animatic.RunningEndpoint.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dailies.contracts.Checkpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What is left after the process went away, politely or not. */
class RestartTest {
  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

  @TempDir Path data;
  @TempDir Path steps;

  @Test
  void finishedAndUnfinishedJobsSurvive() throws Exception {
    String finished;
    String unfinished;
    byte[] before;
    try (RunningEndpoint endpoint = RunningEndpoint.over(data, "slots=1", "controls=true")) {
      finished = endpoint.accepted(referring("done", "done"));
      endpoint.completed(finished);
      before = endpoint.bytes("/v1/videos/" + finished + "/content").body();
      unfinished = endpoint.accepted(referring("it [[slow=3s times=1]]", "undone"));
      await()
          .until(
              () -> endpoint.json("/v1/videos/" + unfinished).path("status").asString(),
              "in_progress"::equals);
    }
    try (RunningEndpoint endpoint = RunningEndpoint.over(data, "slots=1", "controls=true")) {
      assertThat(endpoint.bytes("/v1/videos/" + finished + "/content").body()).isEqualTo(before);
      endpoint.completed(unfinished);

      assertThat(endpoint.journal("accepted", "undone")).hasSize(1);
      assertThat(endpoint.journal("ended", "undone")).hasSize(1);
      assertThat(endpoint.journal("ended", "done")).hasSize(1);
    }
  }

  @Test
  void aForgetfulEndpointKnowsNothingButItsJournal() throws Exception {
    String finished;
    String unfinished;
    try (RunningEndpoint endpoint = RunningEndpoint.over(data, "controls=true")) {
      finished = endpoint.accepted(referring("done", "done"));
      endpoint.completed(finished);
      unfinished = endpoint.accepted(referring("it [[hang]]", "undone"));
    }
    try (RunningEndpoint endpoint = RunningEndpoint.over(data, "forgetful=true")) {
      assertThat(endpoint.get("/v1/videos/" + finished).statusCode()).isEqualTo(404);
      assertThat(endpoint.get("/v1/videos/" + unfinished).statusCode()).isEqualTo(404);
      assertThat(endpoint.journal("accepted", "done")).hasSize(1);
      assertThat(endpoint.journal("ended", "undone"))
          .singleElement()
          .extracting(line -> line.path("outcome").asString())
          .isEqualTo("lost");
    }
  }

  /** kill -9 exactly between two writes; the client never got an answer, or the clip no home. */
  @ParameterizedTest
  @EnumSource(AnimaticStep.class)
  void aKilledEndpointGoesOnWhereTheJournalSays(AnimaticStep step) throws Exception {
    Files.createFile(steps.resolve(step.step() + ".armed"));
    Process process = forked();
    try {
      int port = portOf(process);
      HttpClient client = HttpClient.newHttpClient();
      var unanswered =
          client.sendAsync(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/videos"))
                  .header("Content-Type", "application/json")
                  .POST(
                      BodyPublishers.ofString(
                          RunningEndpoint.JSON.writeValueAsString(referring("killed", "killed"))))
                  .build(),
              BodyHandlers.discarding());
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> Files.exists(steps.resolve(step.step() + ".hit")));
      assertThat(unanswered.isDone()).isEqualTo(step == AnimaticStep.RENDERED_BEFORE_STORED);
    } finally {
      process.destroyForcibly().waitFor();
    }

    try (RunningEndpoint endpoint = RunningEndpoint.over(data)) {
      JsonNode found = endpoint.json("/v1/videos?client_reference=killed").path("data");
      assertThat(found).hasSize(1);
      endpoint.completed(found.get(0).path("id").asString());
      assertThat(endpoint.journal("accepted", "killed")).hasSize(1);
      List<JsonNode> ends =
          await().until(() -> endpoint.journal("ended", "killed"), l -> l.size() == 1);
      assertThat(ends.getFirst().path("outcome").asString()).isEqualTo("completed");
    }
  }

  @Test
  void aTornLastLineOfTheJournalIsDropped() throws Exception {
    try (RunningEndpoint endpoint = RunningEndpoint.over(data)) {
      endpoint.completed(endpoint.accepted(referring("whole", "whole")));
    }
    Path journal = data.resolve("journal.jsonl");
    Files.writeString(journal, "{\"type\":\"accep", java.nio.file.StandardOpenOption.APPEND);

    try (RunningEndpoint endpoint = RunningEndpoint.over(data)) {
      endpoint.completed(endpoint.accepted(referring("next", "next")));
      assertThat(endpoint.json("/journal").path("data")).hasSize(4);
    }
    assertThat(Files.readAllLines(journal)).allMatch(line -> line.endsWith("}")).hasSize(4);
  }

  private Process forked() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Ddailies.media.cache=" + System.getProperty("dailies.media.cache", "target/media"),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            AnimaticApplication.class.getName(),
            "--server.port=0",
            "--dailies.animatic.data=" + data);
    builder.environment().put(Checkpoint.FOLDER_VARIABLE, steps.toString());
    builder.redirectErrorStream(true);
    builder.redirectOutput(steps.resolve("log.txt").toFile());
    return builder.start();
  }

  private int portOf(Process process) {
    return await()
        .atMost(Duration.ofSeconds(40))
        .until(
            () -> {
              assertThat(process.isAlive()).isTrue();
              Matcher found = PORT.matcher(Files.readString(steps.resolve("log.txt")));
              return found.find() ? Integer.parseInt(found.group(1)) : 0;
            },
            port -> port > 0);
  }

  private static Map<String, Object> referring(String prompt, String reference) {
    Map<String, Object> fields = new HashMap<>(small(prompt));
    fields.put("client_reference", reference);
    return fields;
  }
}
