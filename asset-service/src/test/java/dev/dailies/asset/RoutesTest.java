package dev.dailies.asset;

import dev.dailies.asset.Told.Take;
import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.event.AccessKey;
import dev.dailies.contracts.event.AssetViewable;
import dev.dailies.contracts.event.ModerationOutcome;
import dev.dailies.testkit.AuditedRoutes;
import dev.dailies.testkit.HostileForms;
import dev.dailies.testkit.OpenApiMatrix;
import dev.dailies.testkit.RouteMatrix;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every route of this service is for whom {@code routes.txt} says, and for no other workspace; and
 * it answers as {@code openapi.yaml} says.
 */
class RoutesTest extends AssetServiceFixture {
  @Autowired private List<RequestMappingHandlerMapping> mappings;

  @TestFactory
  Stream<DynamicTest> routes() throws Exception {
    TOLD.key("only reads", owner().setScopes(List.of("read")));
    TOLD.key("has expired", owner().setExpiresAt(Instant.now().minusSeconds(1)));
    for (String role : List.of("producer", "reviewer", "moderator", "approver", "operator")) {
      TOLD.key("only " + role, Told.WORKSPACE, 1, false, role);
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> get("/api/assets?shot=none", "only operator").statusCode() == 200);
    Take shown = Take.fresh();
    TOLD.say(shown, Told.completed(shown, master(shown, Clips.moving(1)), 1));
    TOLD.say(shown, Told.moderated(shown, 1, ModerationOutcome.CLEAR));
    awaitEvent(shown, AssetViewable.class);
    Service service = new Service(shown, reference(), upload());
    try (InputStream table = RoutesTest.class.getResourceAsStream("/routes.txt");
        InputStream audited = RoutesTest.class.getResourceAsStream("/audited.txt");
        InputStream described = RoutesTest.class.getResourceAsStream("/openapi.yaml")) {
      AuditedRoutes.of(mappings, Objects.requireNonNull(audited));
      return Stream.concat(
          RouteMatrix.tests(mappings, Objects.requireNonNull(table), service),
          Stream.concat(
              OpenApiMatrix.tests(mappings, Objects.requireNonNull(described), service),
              new HostileForms(service.address(), OWNER, "/api/references", "file").tests()));
    }
  }

  private static AccessKey.Builder owner() {
    return AccessKey.newBuilder()
        .setVersion(1)
        .setWorkspace(Told.WORKSPACE)
        .setRoles(List.of("owner"));
  }

  private String reference() throws Exception {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    String answer =
        http.send(
                request("/api/references", OWNER)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(png.toByteArray()))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    return JsonMapper.shared().readTree(answer).path("id").asString();
  }

  private String upload() throws Exception {
    return http.send(
            request("/api/references/uploads", OWNER)
                .header("Upload-Length", "10")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .headers()
        .firstValue("Location")
        .orElseThrow()
        .replaceFirst(".*/", "");
  }

  private final class Service implements RouteMatrix.Service {
    private final Take shown;
    private final String reference;
    private final String upload;

    private Service(Take shown, String reference, String upload) {
      this.shown = shown;
      this.reference = reference;
      this.upload = upload;
    }

    @Override
    public String address() {
      return "http://127.0.0.1:" + port;
    }

    @Override
    public String key(String role) {
      return role.equals("owner") ? OWNER : "only " + role;
    }

    @Override
    public String stranger() {
      return STRANGER;
    }

    @Override
    public String reader() {
      return "only reads";
    }

    @Override
    public String expired() {
      return "has expired";
    }

    @Override
    public String known(String path, String variable) {
      if (path.startsWith("/api/references/uploads/")) {
        return upload;
      }
      if (path.startsWith("/api/references/")) {
        return reference;
      }
      return path.startsWith("/v1/") ? shown.generation().value() : shown.asset().value();
    }

    @Override
    public String unknown(String path, String variable) {
      if (path.startsWith("/api/references/uploads/")) {
        return new StringBuilder(upload).reverse().toString();
      }
      if (path.startsWith("/api/references/")) {
        return ReferenceId.mint().value();
      }
      return path.startsWith("/v1/") ? GenerationId.mint().value() : AssetId.mint().value();
    }
  }
}
