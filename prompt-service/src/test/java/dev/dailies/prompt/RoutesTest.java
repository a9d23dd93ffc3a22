package dev.dailies.prompt;

import dev.dailies.contracts.BriefId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.KeyId;
import dev.dailies.contracts.MemberId;
import dev.dailies.contracts.ProjectId;
import dev.dailies.contracts.ShotId;
import dev.dailies.testkit.HostileForms;
import dev.dailies.testkit.HostileRequests;
import dev.dailies.testkit.OpenApiMatrix;
import dev.dailies.testkit.RouteMatrix;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every route of this service is for whom {@code routes.txt} says, and for no other workspace; it
 * answers as {@code openapi.yaml} says, and refuses what is hostile.
 */
class RoutesTest {
  private static final Stage stage = Stage.shared();
  private static final Map<String, String> MADE = new ConcurrentHashMap<>();

  @TestFactory
  Stream<DynamicTest> routes() throws IOException {
    Service service = new Service();
    var mappings = stage.all(RequestMappingHandlerMapping.class);
    try (InputStream table = RoutesTest.class.getResourceAsStream("/routes.txt");
        InputStream described = RoutesTest.class.getResourceAsStream("/openapi.yaml")) {
      return Stream.of(
              RouteMatrix.tests(mappings, Objects.requireNonNull(table), service),
              OpenApiMatrix.tests(mappings, Objects.requireNonNull(described), service),
              hostile(service, "/api/keys", 16),
              hostile(service, "/api/projects", 16),
              hostile(service, "/v1/videos", 48),
              new HostileForms(
                      service.address(), service.key("owner"), "/v1/videos", "input_reference")
                  .tests())
          .flatMap(tests -> tests);
    }
  }

  private static Stream<DynamicTest> hostile(Service service, String path, int megabytes) {
    return new HostileRequests(
            service.address(), service.key("owner"), path, (long) megabytes << 20)
        .tests();
  }

  private static final class Service implements RouteMatrix.Service {
    @Override
    public String address() {
      return stage.uri("").toString();
    }

    @Override
    public String key(String role) {
      return MADE.computeIfAbsent(role, wanted -> key(List.of(wanted)).text("/secret"));
    }

    @Override
    public String stranger() {
      return Stage.STRANGER;
    }

    @Override
    public String reader() {
      return MADE.computeIfAbsent(
          "only reads",
          any ->
              stage
                  .post(
                      "/api/keys",
                      Map.of("name", any, "roles", List.of("owner"), "scopes", List.of("read")))
                  .text("/secret"));
    }

    @Override
    public String expired() {
      return MADE.computeIfAbsent(
          "has expired",
          any -> {
            Stage.Answer made = key(List.of("owner"));
            stage
                .jdbc()
                .sql("update access_key set expires_at = clock_timestamp() where id = ?")
                .param(made.text("/id"))
                .update();
            return made.text("/secret");
          });
    }

    @Override
    public String known(String path, String variable) {
      if (variable.equals("project")) {
        return project();
      }
      return MADE.computeIfAbsent(
          path.replaceAll("(/[^/]+/[^/]+).*", "$1"),
          family ->
              switch (family) {
                case "/api/keys" -> key(List.of("reviewer")).text("/id");
                case "/api/members" ->
                    stage
                        .post(
                            "/api/members",
                            Map.of("subject", "of the matrix", "roles", List.of("reviewer")))
                        .text("/id");
                case "/api/workspaces" ->
                    stage
                        .post(family, Map.of("name", "w-" + UUID.randomUUID()))
                        .text("/workspace/name");
                case "/v1/models" -> "animatic-1";
                case "/api/projects" -> project();
                case "/api/shots" -> stage.post(family, Map.of()).text("/id");
                case "/api/briefs" ->
                    stage.post(family, Map.of("title", "x", "project", project())).text("/id");
                default -> stage.accepted("animatic-1", Map.of());
              });
    }

    private static String project() {
      return stage
          .post("/api/projects", Map.of("title", "Matrix " + UUID.randomUUID()))
          .text("/id");
    }

    private static Stage.Answer key(List<String> roles) {
      return stage.post("/api/keys", Map.of("name", "of the matrix", "roles", roles));
    }

    @Override
    public String unknown(String path, String variable) {
      return switch (path.replaceAll("(/[^/]+/[^/]+).*", "$1")) {
        case "/api/keys" -> KeyId.mint().value();
        case "/api/members" -> MemberId.mint().value();
        case "/api/workspaces" -> "w-" + UUID.randomUUID();
        case "/api/projects" -> ProjectId.mint().value();
        case "/api/briefs" -> BriefId.mint().value();
        case "/api/shots" -> ShotId.mint().value();
        default -> GenerationId.mint().value();
      };
    }
  }
}
