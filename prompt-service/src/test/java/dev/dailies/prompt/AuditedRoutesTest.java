package dev.dailies.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.prompt.Stage.Answer;
import dev.dailies.testkit.AuditedRoutes;
import dev.dailies.testkit.AuditedRoutes.Line;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * Every route that changes something writes it into the audit, as {@code audited.txt} says: by
 * whom, with which key, in which trace.
 */
class AuditedRoutesTest {
  private static final Stage stage = Stage.shared();

  @TestFactory
  Stream<DynamicTest> routes() throws IOException {
    Answer key = stage.post("/api/keys", Map.of("name", "audited", "roles", List.of("owner")));
    try (InputStream table = AuditedRoutesTest.class.getResourceAsStream("/audited.txt")) {
      return AuditedRoutes.of(
              stage.all(RequestMappingHandlerMapping.class), Objects.requireNonNull(table))
          .stream()
          .filter(line -> line.action().isPresent())
          .map(line ->
              DynamicTest.dynamicTest(
                  line.name() + " is told as " + line.action().get(), () -> isTold(line, key)));
    }
  }

  private static void isTold(Line line, Answer key) {
    String id = fresh(line.path());
    if (!line.first().isEmpty()) {
      assertThat(stage.post(filled(line.first(), id), "").status()).isLessThan(300);
    }
    String trace = UUID.randomUUID().toString().replace("-", "");
    Answer answer =
        stage.send(
            stage
                .request(key.text("/secret"), filled(line.path(), id))
                .header(
                    "Content-Type",
                    line.path().endsWith(":batch") ? "application/x-ndjson" : "application/json")
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .method(
                    line.method(),
                    java.net.http.HttpRequest.BodyPublishers.ofString(filled(line.body(), id)))
                .build());
    assertThat(answer.status()).as(answer.raw().body()).isLessThan(300);
    JsonNode told =
        stage
            .get(
                "/api/audit?limit=1&action="
                    + line.action().orElseThrow()
                    + "&actor="
                    + key.text("/id"))
            .body()
            .at("/data/0");
    assertThat(told.at("/trace_id").asString()).as("%s", told).isEqualTo(trace);
    assertThat(told.at("/actor/kind").asString()).isEqualTo("key");
    assertThat(told.at("/actor/key_prefix").asString()).isEqualTo(key.text("/prefix"));
    if (!id.isEmpty() && line.path().contains("{") && !line.path().endsWith("/remix")) {
      assertThat(told.at("/target").asString()).isEqualTo(id);
    }
  }

  private static String filled(String text, String id) {
    String whole =
        text.replace("{id}", id)
            .replace("{name}", id)
            .replace("{unique}", UUID.randomUUID().toString());
    return whole.contains("{project}") ? whole.replace("{project}", project()) : whole;
  }

  /** The id of something on which the route has something to do. */
  private static String fresh(String path) {
    return switch (path.replaceAll("(/[^/:]+/[^/:]+).*", "$1")) {
      case "/api/keys" ->
          stage
              .post("/api/keys", Map.of("name", "to change", "roles", List.of("reviewer")))
              .text("/id");
      case "/api/members" ->
          stage
              .post(
                  "/api/members",
                  Map.of("subject", UUID.randomUUID().toString(), "roles", List.of("reviewer")))
              .text("/id");
      case "/api/workspaces" ->
          stage
              .post("/api/workspaces", Map.of("name", "w-" + UUID.randomUUID()))
              .text("/workspace/name");
      case "/api/projects" -> withWork("project", project());
      case "/api/briefs" ->
          withWork(
              "brief",
              stage.post("/api/briefs", Map.of("title", "x", "project", project())).text("/id"));
      case "/api/shots" -> withWork("shot", stage.post("/api/shots", Map.of()).text("/id"));
      case "/v1/videos", "/api/generations" -> stage.accepted("animatic-1", Map.of());
      default -> "";
    };
  }

  private static String withWork(String place, String id) {
    stage.accepted("animatic-1", Map.of(place, id));
    return id;
  }

  private static String project() {
    return stage.post("/api/projects", Map.of("title", "Audited " + UUID.randomUUID())).text("/id");
  }
}
