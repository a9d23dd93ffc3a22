package dev.dailies.testkit;

import static org.awaitility.Awaitility.await;

import dev.dailies.parts.FreePort;
import dev.dailies.parts.TetheredProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real MinIO server, for what the store that Dailies brings along does otherwise: it lists only
 * {@code p/a} of {@code p/a} and {@code p/a/b}, refuses a signed URL that comes with an
 * Authorization header, finds pending multipart uploads by their full key only.
 *
 * <p>Built once per machine where Go is installed, so a test asks first, and says that it was not
 * run:
 *
 * <pre>{@code
 * assumeThat(RealMinio.whyNot()).isEmpty();
 * }</pre>
 */
public final class RealMinio {

  private static final AtomicInteger BUCKETS = new AtomicInteger();
  private static final String ACCESS_KEY = "dailies";
  private static final String SECRET_KEY = "dailies-secret";

  private static final class Shared {
    static final MinioProgram PROGRAM = MinioProgram.findOrBuild();
    static final Optional<RealMinio> SERVER =
        switch (PROGRAM) {
          case MinioProgram.Built built -> Optional.of(new RealMinio(built.program()));
          case MinioProgram.Missing missing -> Optional.empty();
        };
  }

  private final Path program;
  private final Path data = WorkFolder.fresh("minio");
  private final int port = FreePort.pick();
  private Optional<TetheredProcess> process = Optional.empty();

  private RealMinio(Path program) {
    this.program = program;
    start();
  }

  /** The server of this JVM, running; empty where it cannot be had. The first call may build it. */
  public static Optional<RealMinio> find() {
    return Shared.SERVER;
  }

  /** Why there is none; empty where there is one. */
  public static Optional<String> whyNot() {
    return switch (Shared.PROGRAM) {
      case MinioProgram.Built built -> Optional.empty();
      case MinioProgram.Missing missing -> Optional.of(missing.reason());
    };
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  public int port() {
    return port;
  }

  public String accessKey() {
    return ACCESS_KEY;
  }

  public String secretKey() {
    return SECRET_KEY;
  }

  /** A bucket name that no test has used; who uses it first creates it. */
  public String freshBucket() {
    return "test-" + BUCKETS.incrementAndGet();
  }

  /** What a Spring test registers to use this bucket. */
  public Map<String, String> properties(String bucket) {
    return Map.of(
        "dailies.vault.store",
        "s3",
        "dailies.vault.endpoint",
        endpoint().toString(),
        "dailies.vault.region",
        "us-east-1",
        "dailies.vault.bucket",
        bucket,
        "dailies.vault.access-key",
        ACCESS_KEY,
        "dailies.vault.secret-key",
        SECRET_KEY);
  }

  /** Up again, on the same port and objects; nothing if it runs. */
  public synchronized void start() {
    if (process.isPresent()) {
      return;
    }
    TetheredProcess started =
        TetheredProcess.of(
                List.of(
                    program.toString(),
                    "server",
                    data.resolve("objects").toString(),
                    "--address",
                    "127.0.0.1:" + port))
            .in(data)
            .environment("MINIO_ROOT_USER", ACCESS_KEY)
            .environment("MINIO_ROOT_PASSWORD", SECRET_KEY)
            .environment("MINIO_BROWSER", "off")
            .environment("MINIO_UPDATE", "off")
            .environment("HOME", data.toString())
            .log(data.resolve("minio.log"))
            .disposable(true)
            .start();
    process = Optional.of(started);
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !started.isAlive() || isReady());
    if (!started.isAlive()) {
      throw new IllegalStateException("MinIO did not start, see " + data.resolve("minio.log"));
    }
  }

  /** An orderly end. */
  public synchronized void stop() {
    process.ifPresent(TetheredProcess::stop);
    process = Optional.empty();
  }

  /** SIGKILL. */
  public synchronized void kill() {
    process.ifPresent(TetheredProcess::kill);
    process = Optional.empty();
  }

  private boolean isReady() throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(endpoint().resolve("/minio/health/ready"))
              .timeout(Duration.ofSeconds(2))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }
}
