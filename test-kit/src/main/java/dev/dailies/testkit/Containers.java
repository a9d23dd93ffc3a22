package dev.dailies.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.MinIOContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The servers of the field as their publishers pack them, where a Docker engine is at hand.
 *
 * <p>An extra beside {@link TestBroker}, {@link TestDatabase}, {@link TestStore} and {@link
 * RealMinio}, never the proof. Which images: {@code containers.properties}. One of each per JVM,
 * gone with it. A test asks first, and says that it was not run:
 *
 * <pre>{@code
 * assumeThat(Containers.whyNot()).isEmpty();
 * }</pre>
 */
public final class Containers {

  private static final class Docker {
    static final boolean AVAILABLE = DockerClientFactory.instance().isDockerAvailable();
  }

  private static final class Minio {
    static final MinIOContainer STORE =
        started(
            new MinIOContainer(image("minio", "minio/minio"))
                .withUserName("dailies")
                .withPassword("dailies-secret"));
  }

  private static final class Kafka {
    static final KafkaContainer BROKER =
        started(
            new KafkaContainer(image("kafka", "apache/kafka"))
                .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1")
                .withEnv("KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1"));
  }

  private static final class Postgres {
    static final PostgreSQLContainer SERVER =
        started(new PostgreSQLContainer(image("postgres", "postgres")));
  }

  private Containers() {}

  /** Why there are none; empty where there are. */
  public static Optional<String> whyNot() {
    return Docker.AVAILABLE ? Optional.empty() : Optional.of("no Docker engine answers");
  }

  public static MinIOContainer minio() {
    return Minio.STORE;
  }

  public static KafkaContainer kafka() {
    return Kafka.BROKER;
  }

  public static PostgreSQLContainer postgres() {
    return Postgres.SERVER;
  }

  private static <C extends GenericContainer<?>> C started(C container) {
    container.start();
    return container;
  }

  private static DockerImageName image(String name, String kind) {
    String variable = "DAILIES_IMAGE_" + name.toUpperCase(Locale.ROOT);
    String image =
        Optional.ofNullable(System.getenv(variable)).orElseGet(() -> images().getProperty(name));
    return DockerImageName.parse(image).asCompatibleSubstituteFor(kind);
  }

  private static Properties images() {
    Properties images = new Properties();
    try (InputStream in = Containers.class.getResourceAsStream("containers.properties")) {
      images.load(in);
      return images;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
