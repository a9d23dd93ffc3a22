package dev.dailies.review;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.ShotId;
import dev.dailies.testkit.AuditedRoutes;
import dev.dailies.testkit.HostileRequests;
import dev.dailies.testkit.OpenApiMatrix;
import dev.dailies.testkit.RouteMatrix;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every route of this service is for whom {@code routes.txt} says, and for no other workspace; it
 * answers as {@code openapi.yaml} says, and refuses what is hostile.
 */
class RoutesTest {
  private static final ReviewFixture review = ReviewFixture.shared();

  @TestFactory
  Stream<DynamicTest> routes() throws IOException {
    Story story = new Story(review, new byte[0]);
    story.tellShot(1);
    story.tellViewable(1);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            review.fetch(ReviewFixture.OWNER, "/api/reviews/shots/" + story.shot).statusCode()
                    == 200
                && review
                        .fetch(ReviewFixture.OWNER, "/api/moderation/assets/" + story.asset)
                        .statusCode()
                    == 200);
    Service service = new Service(story);
    List<RequestMappingHandlerMapping> mappings =
        List.of(review.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class));
    HostileRequests hostile =
        new HostileRequests(
            review.address(),
            ReviewFixture.OWNER,
            "/api/moderation/assets/" + story.asset + "/clear",
            16 << 20);
    try (InputStream table = RoutesTest.class.getResourceAsStream("/routes.txt");
        InputStream audited = RoutesTest.class.getResourceAsStream("/audited.txt");
        InputStream described = RoutesTest.class.getResourceAsStream("/openapi.yaml")) {
      AuditedRoutes.of(mappings, Objects.requireNonNull(audited));
      return Stream.of(
              RouteMatrix.tests(mappings, Objects.requireNonNull(table), service),
              OpenApiMatrix.tests(mappings, Objects.requireNonNull(described), service),
              hostile.tests())
          .flatMap(tests -> tests);
    }
  }

  private record Service(Story story) implements RouteMatrix.Service {
    @Override
    public String address() {
      return review.address();
    }

    @Override
    public String key(String role) {
      return "test-" + role;
    }

    @Override
    public String stranger() {
      return ReviewFixture.STRANGER;
    }

    @Override
    public String reader() {
      return "only-reads";
    }

    @Override
    public String expired() {
      return "has-expired";
    }

    @Override
    public String known(String path, String variable) {
      return variable.equals("shot") ? story.shot : story.asset;
    }

    @Override
    public String unknown(String path, String variable) {
      return variable.equals("shot") ? ShotId.mint().value() : AssetId.mint().value();
    }
  }
}
