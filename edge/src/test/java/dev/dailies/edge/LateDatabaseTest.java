package dev.dailies.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dailies.testkit.TestDatabase;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A service whose database is away when it starts. */
class LateDatabaseTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final TestDatabase database = TestDatabase.fresh("late");

  @Test
  void starts_says_what_is_missing_and_works_once_the_database_is_there() throws Exception {
    database.refuse();
    try (EdgeFixture service = EdgeFixture.start(database)) {
      HttpResponse<String> refused = service.call("GET", "/v1/found?text=a", "producer");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("\"code\":\"database_unavailable\"");
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(service.call("GET", "/api/found?text=a", "producer").body())
          .contains("\"code\":\"database_unavailable\"", "\"status\":503");
      assertThat(schemaHealth(service)).isEqualTo("DOWN");
      assertThat(service.call("GET", "/actuator/health/liveness", "").statusCode()).isEqualTo(200);

      database.allow();

      await().atMost(SOON).until(() -> schemaHealth(service).equals("UP"));
      assertThat(service.call("GET", "/v1/found?text=a", "producer").body()).isEqualTo("a");
    }
  }

  @Test
  void goes_on_trying_when_the_first_migration_fails_for_another_reason() throws Exception {
    database.execute("create table somebody_elses (id int)");
    database.refuse();
    try (EdgeFixture service = EdgeFixture.start(database)) {
      database.allow();
      await()
          .during(Duration.ofSeconds(3))
          .atMost(SOON)
          .until(() -> schemaHealth(service).equals("DOWN"));

      database.execute("drop table somebody_elses");

      await().atMost(SOON).until(() -> schemaHealth(service).equals("UP"));
    }
  }

  @Test
  void ends_when_it_is_told_to_though_the_database_never_came() {
    database.refuse();
    EdgeFixture service = EdgeFixture.start(database);
    long began = System.nanoTime();
    service.close();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    database.allow();
  }

  private static String schemaHealth(EdgeFixture service) throws Exception {
    String health = service.call("GET", "/actuator/health/schema", "").body();
    return health.contains("\"status\":\"UP\"") ? "UP" : "DOWN";
  }
}
