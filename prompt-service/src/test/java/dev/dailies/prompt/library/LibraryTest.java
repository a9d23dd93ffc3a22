package dev.dailies.prompt.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.contracts.ProjectId;
import dev.dailies.contracts.Topic;
import dev.dailies.prompt.Crew;
import dev.dailies.prompt.Stage;
import dev.dailies.prompt.Stage.Answer;
import dev.dailies.testkit.TestTopics;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Projects, briefs and shots as their clients see them, and work that is placed in them. */
class LibraryTest {
  private static final Stage stage = Stage.shared();

  private static String unique(String title) {
    return title + " " + UUID.randomUUID();
  }

  private static String project() {
    return stage.post("/api/projects", Map.of("title", unique("Autumn"))).text("/id");
  }

  private static String brief(String project) {
    return stage
        .post("/api/briefs", Map.of("project", project, "title", unique("Teaser")))
        .text("/id");
  }

  private static Answer patch(String path, Object body, String... headers) {
    HttpRequest.Builder request =
        stage
            .request(Stage.OWNER, path)
            .header("Content-Type", "application/json")
            .method(
                "PATCH", HttpRequest.BodyPublishers.ofString(Stage.JSON.writeValueAsString(body)));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return stage.send(request.build());
  }

  private static Answer make(Object... wish) {
    Map<String, Object> body = new HashMap<>(Map.of("prompt", "A heron at dawn"));
    for (int i = 0; i < wish.length; i += 2) {
      body.put((String) wish[i], wish[i + 1]);
    }
    return stage.post("/v1/videos", body);
  }

  @Test
  void aChangeThatCameTooLateIsToldSo() {
    String title = unique("Spring");
    Answer made = stage.post("/api/projects", Map.of("title", "  " + title + " "));
    assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
    assertThat(made.text("/title")).isEqualTo(title);
    String path = made.header("Location");
    String first = made.header("ETag");

    Answer changed = patch(path, Map.of("title", title + " 2"), "If-Match", first);
    assertThat(changed.status()).as(changed.raw().body()).isEqualTo(200);
    assertThat(changed.body().at("/version").asInt()).isEqualTo(2);
    Answer late = patch(path, Map.of("title", "x"), "If-Match", first);
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.text("/code")).isEqualTo("precondition_failed");
    assertThat(patch(path, Map.of("title", "x", "version", 1)).status()).isEqualTo(412);
    // Nothing to change changes no version.
    assertThat(patch(path, Map.of("title", title + " 2")).header("ETag"))
        .isEqualTo(changed.header("ETag"));
    assertThat(stage.get(path).text("/title")).isEqualTo(title + " 2");
    assertThat(stage.post(path + "/archive", "").status()).isEqualTo(200);
    Answer audit = stage.get("/api/audit?target=" + made.text("/id"));
    assertThat(audit.body().at("/data").valueStream().map(e -> e.at("/action").asString()))
        .containsExactly("project.archived", "project.changed", "project.created");
    assertThat(audit.raw().body()).doesNotContain(title);
  }

  @Test
  void titlesAreUniqueWhileInUse() {
    String title = unique("Winter");
    String first = stage.post("/api/projects", Map.of("title", title)).text("/id");
    Answer second = stage.post("/api/projects", Map.of("title", title.toUpperCase(Locale.ROOT)));
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.text("/code")).isEqualTo("conflict");
    assertThat(second.text("/param")).isEqualTo("title");

    assertThat(stage.post("/api/projects/" + first + "/archive", "").status()).isEqualTo(200);
    assertThat(stage.post("/api/projects", Map.of("title", title)).status()).isEqualTo(201);
    assertThat(stage.post("/api/projects/" + first + "/restore", "").status()).isEqualTo(409);
  }

  @Test
  void refusesWhatItCannotKeep() {
    for (Object body :
        List.of(
            "{",
            "[]",
            Map.of(),
            Map.of("title", ""),
            Map.of("title", 7),
            Map.of("title", "x".repeat(201)),
            Map.of("title", "a\u0000b"),
            Map.of("title", "a\nb"),
            "{\"title\":\"\\ud800\"}",
            Map.of("title", "x", "colour", "red"))) {
      Answer answer = stage.post("/api/projects", body);
      assertThat(answer.status()).as("%s", body).isEqualTo(400);
      assertThat(answer.text("/code")).isIn("invalid_request", "invalid_body");
    }
    assertThat(stage.post("/api/projects", "\"" + "x".repeat(70_000) + "\"").status())
        .isEqualTo(413);
    for (Object dimensions :
        List.of(Map.of("Locale", "de"), Map.of("locale", 7), Map.of("note", "free text"), "de")) {
      assertThat(stage.post("/api/shots", Map.of("dimensions", dimensions)).status())
          .as("%s", dimensions)
          .isEqualTo(400);
    }
  }

  @Test
  void foreignUnknownAndMalformedIdsAreToldApartByNobody() {
    String mine = project();
    String body = stage.get("/api/projects/" + ProjectId.mint()).raw().body();
    for (Answer answer :
        List.of(
            stage.get(Stage.STRANGER, "/api/projects/" + mine), stage.get("/api/projects/none"))) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.raw().body()).isEqualTo(body);
    }
    Answer theirs =
        stage.send(
            stage
                .request(Stage.STRANGER, "/api/briefs")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"title\":\"x\",\"project\":\"" + mine + "\"}"))
                .build());
    assertThat(theirs.status()).isEqualTo(404);
    assertThat(
            stage
                .send(
                    stage
                        .request(Stage.REVIEWER, "/api/projects/" + mine + "/archive")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build())
                .status())
        .isEqualTo(403);
  }

  @Test
  void aShotIsPublishedWithEachChangeAndWithoutItsTitle() {
    String project = project();
    String brief = brief(project);
    String title = "secret" + UUID.randomUUID();
    Answer made =
        stage.post(
            "/api/shots",
            Map.of(
                "title",
                title,
                "brief",
                brief,
                "brief_row",
                "17",
                "dimensions",
                Map.of("locale", "de-DE", "format", "9:16")));
    assertThat(made.status()).as(made.raw().body()).isEqualTo(201);
    assertThat(made.text("/project")).isEqualTo(project);
    String path = made.header("Location");
    assertThat(patch(path, Map.of("dimensions", Map.of("locale", "fr-FR"))).status())
        .isEqualTo(200);
    assertThat(stage.post(path + "/archive", "").text("/archived")).isEqualTo("true");

    var last =
        TestTopics.shared()
            .await(
                Topic.SHOTS.topicName(),
                record ->
                    made.text("/id").equals(record.key())
                        && ((dev.dailies.contracts.event.Shot) Crew.decode(record)).getVersion()
                            == 3);
    var shot = (dev.dailies.contracts.event.Shot) Crew.decode(last);
    assertThat(shot.getArchived()).isTrue();
    assertThat(shot.getProject()).contains(project);
    assertThat(shot.getBrief()).contains(brief);
    assertThat(shot.getBriefRow()).contains("17");
    assertThat(shot.getDimensions().getFirst().getValue()).isEqualTo("fr-FR");
    assertThat(new String(last.value(), StandardCharsets.ISO_8859_1)).doesNotContain(title);
  }

  @Test
  void workIsPlacedWhereItWantsAndNotInWhatIsArchived() {
    String project = project();
    String brief = brief(project);
    String shot = stage.post("/api/shots", Map.of("brief", brief)).text("/id");
    String placed = make("shot", shot, "project", project).text("/id");
    assertThat(stage.generation(placed).at("/shot").asString()).isEqualTo(shot);
    String own = stage.generation(make("brief", brief).text("/id")).at("/shot").asString();
    assertThat(stage.get("/api/shots/" + own).text("/project")).isEqualTo(project);

    assertThat(make("shot", shot, "project", project()).status()).isEqualTo(400);
    assertThat(make("shot", shot, "brief_row", "2").text("/error/param")).isEqualTo("brief_row");
    assertThat(make("brief_row", "free text").status()).isEqualTo(400);
    assertThat(make("dimensions", Map.of("locale", "x".repeat(65))).status()).isEqualTo(400);
    Answer unknown = make("project", ProjectId.mint().value());
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.text("/error/param")).isEqualTo("project");

    String key = UUID.randomUUID().toString();
    Map<String, Object> body = Map.of("prompt", "A heron", "brief", brief);
    String first = stage.post("/v1/videos", body, "Idempotency-Key", key).text("/id");
    stage.post("/api/projects/" + project + "/archive", "");
    for (Answer refused : List.of(make("shot", shot), make("brief", brief))) {
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.text("/error/code")).isEqualTo("archived");
    }
    assertThat(stage.post("/api/shots", Map.of("project", project)).status()).isEqualTo(409);
    // What was accepted before is answered as before; a refused key is free again.
    assertThat(stage.post("/v1/videos", body, "Idempotency-Key", key).text("/id")).isEqualTo(first);
    String refusedKey = UUID.randomUUID().toString();
    assertThat(stage.post("/v1/videos", body, "Idempotency-Key", refusedKey).status())
        .isEqualTo(409);
    stage.post("/api/projects/" + project + "/restore", "");
    assertThat(stage.post("/v1/videos", body, "Idempotency-Key", refusedKey).status())
        .isEqualTo(200);
  }

  @Test
  void listsInPagesThatNeitherRepeatNorMiss() {
    String project = project();
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      made.add(stage.post("/api/shots", Map.of("project", project)).text("/id"));
    }
    List<String> seen = new ArrayList<>();
    String after = "";
    do {
      Answer page = stage.get("/api/shots?order=asc&limit=2&project=" + project + after);
      assertThat(page.status()).as(page.raw().body()).isEqualTo(200);
      page.body().at("/data").forEach(shot -> seen.add(shot.at("/id").asString()));
      after = page.body().at("/has_more").booleanValue() ? page.text("/next_cursor") : "";
      after = after.isEmpty() ? "" : "&after=" + after;
    } while (!after.isEmpty());
    assertThat(seen).containsExactlyInAnyOrderElementsOf(made);
    for (String bad : List.of("limit=0", "limit=201", "order=up", "colour=red", "after=%21x")) {
      assertThat(stage.get("/api/projects?" + bad).status()).as(bad).isEqualTo(400);
    }
  }
}
