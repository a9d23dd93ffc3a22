package dev.dailies.testkit;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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
 * assumeThat(Containers.whyNot("minio")).isEmpty();
 * }</pre>
 */
public final class Containers {
  private static final Map<String, Optional<String>> WHY_NOT = new ConcurrentHashMap<>();

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

  /**
   * Why there is none of this name in {@code containers.properties}: no engine answers, or its
   * image is neither there nor to be had within a minute. Empty where there is one.
   */
  public static Optional<String> whyNot(String name) {
    return WHY_NOT.computeIfAbsent(name, Containers::look);
  }

  private static Optional<String> look(String name) {
    if (!Docker.AVAILABLE) {
      return Optional.of("no Docker engine answers");
    }
    String image = imageOf(name);
    DockerClient client = DockerClientFactory.lazyClient();
    try {
      client.inspectImageCmd(image).exec();
      return Optional.empty();
    } catch (NotFoundException notHere) {
      return pulled(client, image)
          ? Optional.empty()
          : Optional.of("the image " + image + " is not to be had");
    }
  }

  private static boolean pulled(DockerClient client, String image) {
    try (var pull = client.pullImageCmd(image).start()) {
      return pull.awaitCompletion(60, TimeUnit.SECONDS);
    } catch (DockerException | DockerClientException | IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
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
    return DockerImageName.parse(imageOf(name)).asCompatibleSubstituteFor(kind);
  }

  private static String imageOf(String name) {
    String variable = "DAILIES_IMAGE_" + name.toUpperCase(Locale.ROOT);
    return Optional.ofNullable(System.getenv(variable)).orElseGet(() -> images().getProperty(name));
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
