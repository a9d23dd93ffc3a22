package dev.dailies.asset;

import dev.dailies.asset.Told.Take;
import dev.dailies.contracts.EventCodec;
import dev.dailies.contracts.EventCodec.Decoded;
import dev.dailies.contracts.EventSchemas;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.AssetReady;
import dev.dailies.contracts.event.AssetRejected;
import dev.dailies.contracts.event.AssetSurplus;
import dev.dailies.contracts.event.AssetViewable;
import dev.dailies.contracts.event.AssetWithheld;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.testkit.TestBroker;
import dev.dailies.testkit.TestDatabase;
import dev.dailies.testkit.TestStore;
import dev.dailies.testkit.TestTopics;
import dev.dailies.vault.AssetVault;
import dev.dailies.vault.ObjectKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service as it runs, on a real broker, database and store; one for all tests of this JVM. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
public abstract class AssetServiceFixture {
  protected static final TestTopics TOPICS = TestTopics.shared();
  protected static final Told TOLD = new Told(TOPICS);
  protected static final String OWNER = "owner";
  protected static final String STRANGER = "stranger";
  private static final TestDatabase DATABASE = TestDatabase.fresh("asset");
  private static final String BUCKET = TestStore.shared().freshBucket();
  private static final EventCodec CODEC = new EventCodec(new EventSchemas());

  @Autowired protected AssetVault vault;
  @Autowired protected JdbcClient jdbc;
  @LocalServerPort protected int port;

  protected final HttpClient http = HttpClient.newHttpClient();

  @DynamicPropertySource
  static void parts(DynamicPropertyRegistry registry) {
    TestBroker.shared().properties().forEach((k, v) -> registry.add(k, () -> v));
    DATABASE.properties().forEach((k, v) -> registry.add(k, () -> v));
    TestStore.shared().properties(BUCKET).forEach((k, v) -> registry.add(k, () -> v));
    registry.add("dailies.asset.scratch", () -> Path.of("target", "scratch").toString());
    registry.add("dailies.asset.patience", () -> "200ms");
    registry.add("dailies.asset.lease", () -> "3s");
    registry.add("dailies.asset.recheck", () -> "1ms");
    registry.add("server.address", () -> "127.0.0.1");
  }

  @BeforeEach
  void keys() throws Exception {
    TOLD.key(OWNER, Told.WORKSPACE, 1, false, "owner");
    TOLD.key(STRANGER, "globex", 1, false, "owner");
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> get("/api/assets?shot=none", OWNER).statusCode() == 200);
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> get("/api/assets?shot=none", STRANGER).statusCode() == 200);
  }

  /** Stores a master as a worker would. */
  protected StoredObject master(Take take, byte[] content) {
    ObjectKey key =
        ObjectKey.of(
            new WorkspaceId(Told.WORKSPACE),
            "renders",
            take.generation().value(),
            take.render().value(),
            "0.mp4");
    return vault.put(key, new ByteArrayInputStream(content), "video/mp4").object();
  }

  /** Everything that this service has said about a generation so far, in order. */
  protected List<SpecificRecord> said(Take take) {
    return TOPICS.read("asset.events.v1").stream()
        .filter(r -> take.generation().value().equals(r.key()))
        .map(AssetServiceFixture::decode)
        .toList();
  }

  /** Waits until it has said something of this type about that render's asset. */
  protected <T extends SpecificRecord> T awaitEvent(Take take, Class<T> type) {
    return type.cast(
        decode(
            TOPICS.await(
                "asset.events.v1",
                r -> {
                  SpecificRecord event = decode(r);
                  return type.isInstance(event) && assetOf(event).equals(take.asset().value());
                })));
  }

  private static String assetOf(SpecificRecord event) {
    return switch (event) {
      case AssetReady e -> e.getAsset();
      case AssetRejected e -> e.getAsset();
      case AssetSurplus e -> e.getAsset();
      case AssetViewable e -> e.getAsset();
      case AssetWithheld e -> e.getAsset();
      default -> "";
    };
  }

  protected static SpecificRecord decode(ConsumerRecord<String, byte[]> record) {
    return CODEC.decode(record.value()) instanceof Decoded.Known known
        ? known.value()
        : throwUnreadable(record);
  }

  private static SpecificRecord throwUnreadable(ConsumerRecord<String, byte[]> record) {
    throw new AssertionError("unreadable: " + record);
  }

  protected HttpResponse<String> get(String path, String key)
      throws IOException, InterruptedException {
    return http.send(request(path, key).build(), HttpResponse.BodyHandlers.ofString());
  }

  protected HttpResponse<byte[]> bytes(HttpRequest request)
      throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  protected HttpRequest.Builder request(String path, String key) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Authorization", "Bearer " + key)
        .timeout(Duration.ofSeconds(30));
  }
}
