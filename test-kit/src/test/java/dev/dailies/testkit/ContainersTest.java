package dev.dailies.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An extra: says by name that it was not run where there is no Docker engine. */
class ContainersTest {

  private static void needs(String name) {
    assumeThat(Containers.whyNot(name)).isEmpty();
  }

  @Test
  void theImageOfPostgresServes() throws SQLException {
    needs("postgres");
    var server = Containers.postgres();
    try (var connection =
        DriverManager.getConnection(
            server.getJdbcUrl(), server.getUsername(), server.getPassword())) {
      assertThat(connection.getMetaData().getDatabaseMajorVersion()).isGreaterThanOrEqualTo(15);
    }
  }

  @Test
  void theImageOfKafkaServes() {
    needs("kafka");
    TestTopics topics = TestTopics.at(Containers.kafka().getBootstrapServers());
    topics.create("notes", 1);
    topics.record("notes", "key", "one".getBytes(StandardCharsets.UTF_8), Map.of());
    assertThat(topics.read("notes")).hasSize(1);
  }

  @Test
  void theImageOfMinioServes() {
    needs("minio");
    assertThat(Containers.minio().getS3URL()).startsWith("http://");
  }
}
