package dev.dailies.review;

import dev.dailies.contracts.EventCodec;
import dev.dailies.contracts.EventHeaders;
import dev.dailies.contracts.EventSchemas;
import dev.dailies.contracts.Sha256;
import dev.dailies.contracts.Topic;
import dev.dailies.contracts.event.AccessKey;
import dev.dailies.contracts.event.ModerationDecided;
import dev.dailies.testkit.FaultProxy;
import dev.dailies.testkit.TestBroker;
import dev.dailies.testkit.TestDatabase;
import dev.dailies.testkit.TestStore;
import dev.dailies.testkit.TestTopics;
import dev.dailies.vault.AssetVault;
import dev.dailies.vault.ObjectKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.Lifecycle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a real broker, database and store; one for all tests of this module. */
final class ReviewFixture {
  static final String OWNER = "test-owner";
  static final String REVIEWER = "test-reviewer";
  static final String MODERATOR = "test-moderator";
  static final String APPROVER = "test-approver";
  static final String STRANGER = "test-stranger";

  /** Version of the policy file used: the bundled one, with little patience. */
  static final String POLICY = "2026-11-test";

  private static final class Shared {
    static final ReviewFixture FIXTURE = new ReviewFixture();
  }

  final ModerationStub moderations = new ModerationStub();
  final TestDatabase database = TestDatabase.fresh("review");
  final FaultProxy store = FaultProxy.to(TestStore.shared().port());
  final TestTopics topics = TestTopics.shared();
  final JsonMapper json = new JsonMapper();
  final Map<String, Object> properties = new HashMap<>();
  private final KafkaProducer<String, byte[]> producer =
      new KafkaProducer<>(
          Map.of("bootstrap.servers", TestBroker.shared().bootstrapServers(), "linger.ms", 0),
          new StringSerializer(),
          new ByteArraySerializer());
  private final EventCodec codec = new EventCodec(new EventSchemas());
  private final HttpClient client = HttpClient.newHttpClient();
  private final ConfigurableApplicationContext context;
  private final URI base;

  static ReviewFixture shared() {
    return Shared.FIXTURE;
  }

  private ReviewFixture() {
    properties.putAll(TestBroker.shared().properties());
    properties.putAll(database.properties());
    properties.putAll(TestStore.shared().properties(TestStore.shared().freshBucket(), store));
    properties.put("server.port", 0);
    properties.put("dailies.messaging.session-timeout", "6s");
    properties.put("dailies.review.moderation.policy", policyFile().toString());
    properties.put(
        "dailies.review.moderation.scratch", Path.of("target", "scratch").toAbsolutePath());
    properties.put("dailies.review.moderation.lease", "3s");
    properties.put("dailies.review.moderation.openai.endpoint", moderations.address());
    properties.put("dailies.review.moderation.openai.key", "sk-test");
    properties.put("spring.main.banner-mode", "off");
    properties.put("logging.level.org.apache.kafka", "ERROR");
    properties.put("logging.level.org.springframework.kafka", "WARN");
    context =
        new SpringApplicationBuilder(ReviewApplication.class)
            .properties(properties)
            .run(arguments());
    base =
        URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    grant(OWNER, "film", "owner");
    grant(REVIEWER, "film", "reviewer");
    grant(MODERATOR, "film", "moderator");
    grant(APPROVER, "film", "approver");
    grant("test-producer", "film", "producer");
    grant("test-operator", "film", "operator");
    tell("only-reads", key("only-reads", "film", "owner").setScopes(List.of("read")).build());
    tell(
        "has-expired",
        key("has-expired", "film", "owner").setExpiresAt(Instant.now().minusSeconds(1)).build());
    grant(STRANGER, "elsewhere", "owner");
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> fetch(STRANGER, "/api/reviews/shots").statusCode() == 200);
    // Until both subscriptions listen, what a test tells first could be heard last.
    Story listening = new Story(this, new byte[0]);
    listening.tellShot(1);
    listening.tellViewable(1);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            fetch(OWNER, "/api/reviews/shots/" + listening.shot).statusCode() == 200
                && fetch(OWNER, "/api/moderation/assets/" + listening.asset).statusCode() == 200);
  }

  /** As command-line arguments, which outrank application.yml. */
  private String[] arguments() {
    return properties.entrySet().stream()
        .map(e -> "--" + e.getKey() + "=" + e.getValue())
        .toArray(String[]::new);
  }

  private static Path policyFile() {
    try (InputStream bundled =
        Objects.requireNonNull(
            ReviewFixture.class.getResourceAsStream("/moderation/policy.yaml"))) {
      String text =
          new String(bundled.readAllBytes(), StandardCharsets.UTF_8)
              .replaceAll("(?m)^version: .*$", "version: \"" + POLICY + "\"")
              .replace("text: 60s", "text: 3s")
              .replace("attempts: 4", "attempts: 3")
              .replace("backoff: 1s", "backoff: 100ms");
      return Files.writeString(Path.of("target", "policy.yaml"), text).toAbsolutePath();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void grant(String secret, String workspace, String role) {
    tell(secret, key(secret, workspace, role).build());
  }

  private static AccessKey.Builder key(String secret, String workspace, String role) {
    return AccessKey.newBuilder()
        .setKeyId("key_" + secret)
        .setVersion(1)
        .setWorkspace(workspace)
        .setSecretSha256(sha256(secret.getBytes(StandardCharsets.UTF_8)))
        .setRoles(List.of(role));
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  <T> T bean(String name, Class<T> type) {
    return context.getBean(name, type);
  }

  String address() {
    return base.toString();
  }

  /** Whether this process judges; what it takes in is then left to others. */
  void judges(boolean whether) {
    Lifecycle judging = context.getBean("judging", Lifecycle.class);
    if (whether) {
      judging.start();
    } else {
      judging.stop();
    }
  }

  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.begin().digest(bytes));
  }

  /** Stores bytes as another service would have. */
  void store(String key, byte[] bytes) {
    bean(AssetVault.class).put(new ObjectKey(key), new ByteArrayInputStream(bytes), "video/mp4");
  }

  /** Publishes the state of a compacted topic. */
  void tell(String key, SpecificRecord state) {
    send(
        EventSchemas.topicOf(state.getClass()).topicName(),
        key,
        EventCodec.encode(state),
        Map.of(EventHeaders.TYPE, state.getSchema().getFullName(), EventHeaders.WORKSPACE, "film"));
  }

  /** Publishes an event as its producer would, and answers its id. */
  String publish(String producer, String key, SpecificRecord event) {
    EventHeaders headers = EventHeaders.of(producer, event);
    Map<String, String> all = new HashMap<>(headers.asMap());
    all.put(EventHeaders.TRACE_PARENT, "00-%s-00f067aa0ba902b7-01".formatted(headers.id()));
    send(EventSchemas.topicOf(event.getClass()).topicName(), key, EventCodec.encode(event), all);
    return headers.id();
  }

  /** Through one producer: a test of orders publishes hundreds of records. */
  private void send(String topic, String key, byte[] value, Map<String, String> headers) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
    headers.forEach(
        (name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    try {
      producer.send(record).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Everything published so far of one type about what matches. */
  <T extends SpecificRecord> List<T> published(Class<T> type, Predicate<T> matching) {
    return topics.read(EventSchemas.topicOf(type).topicName()).stream()
        .map(this::decode)
        .filter(type::isInstance)
        .map(type::cast)
        .filter(matching)
        .toList();
  }

  /** The first decision on an asset, or the one with this number. */
  ModerationDecided awaitDecision(String asset, long decision) {
    ConsumerRecord<String, byte[]> record =
        topics.await(
            Topic.MODERATION_EVENTS.topicName(),
            r ->
                decode(r) instanceof ModerationDecided d
                    && d.getAsset().equals(asset)
                    && d.getDecision() == decision);
    return (ModerationDecided) decode(record);
  }

  SpecificRecord decode(ConsumerRecord<String, byte[]> record) {
    return switch (codec.decode(record.value())) {
      case EventCodec.Decoded.Known known -> known.value();
      case EventCodec.Decoded.UnknownType type -> throw new AssertionError(type.fullName());
      case EventCodec.Decoded.UnknownSchema schema ->
          throw new AssertionError("unknown schema " + schema.fingerprint());
      case EventCodec.Decoded.Malformed malformed -> throw new AssertionError(malformed.why());
    };
  }

  HttpResponse<String> fetch(String key, String path) {
    return send(HttpRequest.newBuilder(base.resolve(path)).GET(), key);
  }

  JsonNode read(String key, String path) {
    HttpResponse<String> response = fetch(key, path);
    if (response.statusCode() != 200) {
      throw new AssertionError(path + " answered " + response.statusCode() + response.body());
    }
    return json.readTree(response.body());
  }

  HttpResponse<String> post(String key, String path, Map<String, ?> body) {
    return send(
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body))),
        key);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String key) {
    try {
      return client.send(
          request.header("Authorization", "Bearer " + key).timeout(Duration.ofSeconds(20)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
