package dev.dailies.prompt.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.KeyId;
import dev.dailies.contracts.ProjectId;
import dev.dailies.contracts.Sha256;
import dev.dailies.prompt.Stage;
import dev.dailies.prompt.Stage.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A batch over HTTP, cut off, repeated, and with a key that is revoked in its middle. */
class BatchApiTest {
  private static final Stage stage = Stage.shared();
  private static final int ITEMS = Integer.getInteger("dailies.test.batch", 600);

  private static Answer send(String type, String body, String... headers) {
    HttpRequest.Builder request =
        stage
            .request(Stage.OWNER, "/api/generations:batch")
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return stage.send(request.build());
  }

  private static List<JsonNode> lines(Answer answer) {
    assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
    return answer.raw().body().lines().map(Stage.JSON::readTree).toList();
  }

  private static String project() {
    return stage.post("/api/projects", Map.of("title", UUID.randomUUID().toString())).text("/id");
  }

  private static long accepted(String project) {
    return stage
        .jdbc()
        .sql("select count(*) from generation where project = ?")
        .param(project)
        .query(Long.class)
        .single();
  }

  /** A connection of our own making, to be cut wherever we like. */
  private static final class Line implements AutoCloseable {
    private final Socket socket;
    private final OutputStream out;
    private final BufferedReader in;

    Line(String key) throws IOException {
      socket = new Socket("127.0.0.1", stage.uri("/").getPort());
      socket.setSoTimeout(20_000);
      out = socket.getOutputStream();
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      out.write(
          ("POST /api/generations:batch HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer "
                  + key
                  + "\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
    }

    void chunk(String text) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(bytes);
      out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }

    /** The next line of JSON, whatever the transfer puts between. */
    JsonNode answer() throws IOException {
      String line;
      do {
        line = in.readLine();
      } while (line != null && !line.startsWith("{"));
      return Stage.JSON.readTree(String.valueOf(line));
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static String item(String project, int i) {
    return "{\"key\":\"%s/%d\",\"prompt\":\"Heron %d\",\"project\":\"%s\",\"size\":\"160x90\"}\n"
        .formatted(project, i, i, project);
  }

  @Test
  void cutOffAndRepeatedNothingIsMissingAndNothingIsTwice() throws IOException {
    String project = project();
    try (Line line = new Line(Stage.OWNER)) {
      line.chunk(
          IntStream.range(0, ITEMS / 2)
              .mapToObj(i -> item(project, i))
              .collect(Collectors.joining()));
      // Answers come while the rest is not even sent.
      assertThat(line.answer().at("/id").asString()).startsWith(GenerationId.PREFIX);
      line.chunk(item(project, ITEMS / 2).substring(0, 20));
    }
    String all =
        IntStream.range(0, ITEMS).mapToObj(i -> item(project, i)).collect(Collectors.joining());
    List<JsonNode> answers = lines(send("application/x-ndjson", all));

    JsonNode summary = answers.getLast();
    assertThat(summary.at("/accepted").asInt() + summary.at("/repeated").asInt()).isEqualTo(ITEMS);
    assertThat(summary.at("/repeated").asInt()).isBetween(1, ITEMS / 2);
    assertThat(accepted(project)).isEqualTo(ITEMS);
    Set<String> ids = new HashSet<>();
    answers.stream().limit(ITEMS).forEach(a -> ids.add(a.at("/id").asString()));
    assertThat(ids).hasSize(ITEMS);
    assertThat(answers.get(ITEMS - 1).at("/line").asInt()).isEqualTo(ITEMS);

    List<JsonNode> again = lines(send("application/x-ndjson", all));
    assertThat(again.subList(0, ITEMS)).isEqualTo(answers.subList(0, ITEMS));
    assertThat(again.getLast().at("/repeated").asInt()).isEqualTo(ITEMS);
  }

  @Test
  void aTableIsTakenInAndEachRefusalNamesItsReason() {
    String project = project();
    String brief =
        stage.post("/api/briefs", Map.of("title", "Rows", "project", project)).text("/id");
    String body =
        """
        \ufeffprompt,model,size,brief,brief_row,locale,seconds
        A heron,animatic-1,160x90,%1$s,1,de-DE,4
        A heron,animatic-1,160x90,%1$s,1,fr-FR,4
        A heron,sora-9,160x90,%1$s,2,de-DE,4
        A heron,animatic-1,1x1,%1$s,2,de-DE,4
        ,animatic-1,160x90,%1$s,2,de-DE,4
        A heron,animatic-1,160x90,brf_none,2,de-DE,4
        """
            .formatted(brief);
    String id = UUID.randomUUID().toString();
    List<JsonNode> answers = lines(send("text/csv", body, "Idempotency-Key", id));

    assertThat(answers.stream().map(a -> a.at("/error/code").asString("")))
        .containsExactly(
            "", "", "model_not_found", "unsupported_size", "invalid_request", "not_found", "");
    assertThat(answers.getFirst().at("/key").asString()).isEqualTo(id + "/2");
    Answer listed = stage.get("/api/generations?dimension=locale:fr-FR&brief=" + brief);
    assertThat(listed.text("/data/0/id")).isEqualTo(answers.get(1).at("/id").asString());
    assertThat(listed.body().at("/data").size()).isEqualTo(1);
    assertThat(stage.get("/api/shots/" + listed.text("/data/0/shot")).text("/brief_row"))
        .isEqualTo("1");
    assertThat(lines(send("text/csv", body, "Idempotency-Key", id)).getFirst())
        .isEqualTo(answers.getFirst());
    String other = body.replace("A heron,animatic-1,160x90,%s,1".formatted(brief), "A stork,,,,");
    assertThat(
            lines(
                    send(
                        "text/csv",
                        other.replace(",,,,", ",,,%s,1".formatted(brief)),
                        "Idempotency-Key",
                        id))
                .getFirst()
                .at("/error/code")
                .asString())
        .isEqualTo("idempotency_key_reused");
  }

  @Test
  void anItemIsAWholeRequestAndItsVariationsShareAShot() {
    String project = project();
    String id = UUID.randomUUID().toString();
    String body =
        """
        prompt,size,negative_prompt,goal,variations,seed,deadline,project
        A heron,160x90,rain,Teaser,3,7,2100-01-01T00:00:00Z,%1$s
        A heron,160x90,,,0,,,%1$s
        A heron,160x90,,,,,2001-01-01T00:00:00Z,%1$s
        A heron,160x90,,,,,,%2$s
        """
            .formatted(project, ProjectId.mint());
    List<JsonNode> answers = lines(send("text/csv", body, "Idempotency-Key", id));
    assertThat(answers.stream().map(a -> a.at("/error/param").asString("")))
        .containsExactly("", "variations", "deadline", "project", "");
    List<JsonNode> made =
        answers
            .getFirst()
            .at("/generations")
            .valueStream()
            .map(generation -> stage.generation(generation.asString()))
            .toList();
    assertThat(made.stream().map(g -> g.at("/specification/seed").asInt()))
        .containsExactly(7, 8, 9);
    assertThat(made.stream().map(g -> g.at("/shot").asString()).distinct()).hasSize(1);
    JsonNode last = made.getLast().at("/specification");
    assertThat(last.at("/goal").asString()).isEqualTo("Teaser");
    assertThat(last.at("/negative_prompt").asString()).isEqualTo("rain");
    assertThat(last.at("/project").asString()).isEqualTo(project);
    assertThat(last.at("/deadline").asString()).startsWith("2100");
    assertThat(lines(send("text/csv", body, "Idempotency-Key", id)).getFirst())
        .isEqualTo(answers.getFirst());
    assertThat(accepted(project)).isEqualTo(3);
    assertThat(
            stage
                .jdbc()
                .sql("select count(*) from idempotency_key where key like ?")
                .param(id + "/%")
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void refusesAsAWholeWhatIsNoBatch() {
    assertThat(send("application/json", "{}").status()).isEqualTo(415);
    assertThat(send("text/csv;charset=latin1", "prompt\n").status()).isEqualTo(415);
    assertThat(send("text/csv", "prompt\n", "Content-Encoding", "gzip").status()).isEqualTo(415);
    assertThat(send("text/csv", "colour\n").text("/code")).isEqualTo("invalid_body");
    assertThat(send("text/csv", "").status()).isEqualTo(400);
    assertThat(send("application/x-ndjson", "", "Idempotency-Key", "a b").status()).isEqualTo(400);
    assertThat(lines(send("application/x-ndjson", ""))).hasSize(1);
    JsonNode keyless = lines(send("application/x-ndjson", "{\"prompt\":\"x\"}")).getFirst();
    assertThat(keyless.at("/error/param").asString()).isEqualTo("key");
  }

  @Test
  void aRevokedKeyStopsInTheMiddle() throws IOException {
    String secret = "batch-" + UUID.randomUUID();
    stage
        .jdbc()
        .sql(
            """
            insert into access_key (id, version, workspace, secret_sha256, roles, configured)
            values (:id, 1, 'local', :sha, '{producer}', false)
            """)
        .param("id", KeyId.mint().value())
        .param("sha", Sha256.hex(secret))
        .update();
    String project = project();
    try (Line line = new Line(secret)) {
      line.chunk(item(project, 0));
      assertThat(line.answer().at("/line").asInt()).isEqualTo(1);
      stage
          .jdbc()
          .sql("update access_key set revoked_at = now() where secret_sha256 = ?")
          .param(Sha256.hex(secret))
          .update();
      await()
          .atMost(Duration.ofSeconds(3))
          .until(() -> stage.get(secret, "/v1/models").status() == 401);
      line.chunk(item(project, 1));
      JsonNode end = line.answer();
      assertThat(end.at("/object").asString()).isEqualTo("batch.summary");
      assertThat(end.at("/error/code").asString()).isEqualTo("invalid_api_key");
      assertThat(end.at("/accepted").asInt()).isEqualTo(1);
    }
    assertThat(accepted(project)).isEqualTo(1);
  }
}
