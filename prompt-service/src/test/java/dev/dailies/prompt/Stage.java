package dev.dailies.prompt;

import dev.dailies.testkit.FaultProxy;
import dev.dailies.testkit.TestBroker;
import dev.dailies.testkit.TestDatabase;
import dev.dailies.testkit.TestStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The running service on a real broker and database. One for all tests of this JVM: two services
 * with databases of their own would share consumer groups, and take each other's events. Tests keep
 * apart by the pools and ids that they use.
 */
public final class Stage {
  public static final JsonMapper JSON = JsonMapper.builder().build();
  public static final String OWNER = "dailies-local";
  public static final String STRANGER = "another-owner";
  public static final String REVIEWER = "dailies-reviewer";

  /** A real issuer of tokens, whose people become members in some tests. */
  public static final MockOAuth2Server ISSUER = new MockOAuth2Server();

  static {
    ISSUER.start();
  }

  private static final TestDatabase DATABASE = TestDatabase.fresh("prompt");
  private static final FaultProxy PROXY = FaultProxy.to(DATABASE.port());
  private static final String BUCKET = TestStore.shared().freshBucket();
  private static final Stage SHARED = new Stage(start(DATABASE.properties(PROXY), List.of()));

  private final ConfigurableApplicationContext context;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private Stage(ConfigurableApplicationContext context) {
    this.context = context;
  }

  public static Stage shared() {
    return SHARED;
  }

  /** The way from the shared service to its database. */
  public static FaultProxy databaseProxy() {
    return PROXY;
  }

  /** A second process of the same service, on the same database. */
  public static Stage second(FaultProxy proxy, String... arguments) {
    return new Stage(start(DATABASE.properties(proxy), List.of(arguments)));
  }

  public static FaultProxy proxyToDatabase() {
    return FaultProxy.to(DATABASE.port());
  }

  private static ConfigurableApplicationContext start(
      Map<String, String> database, List<String> more) {
    List<String> arguments = new ArrayList<>();
    database.forEach((k, v) -> arguments.add("--" + k + "=" + v));
    TestBroker.shared().properties().forEach((k, v) -> arguments.add("--" + k + "=" + v));
    TestStore.shared().properties(BUCKET).forEach((k, v) -> arguments.add("--" + k + "=" + v));
    arguments.addAll(
        List.of(
            "--server.port=0",
            "--dailies.reference.patience=2s",
            "--dailies.reference.scan=200ms",
            "--dailies.reference.abandoned=5m",
            "--dailies.catalogue.file=classpath:test-models.yml",
            "--dailies.messaging.pools=local,first,shallow,again,late,orders,cancel,holds,twice,"
                + "poison,outage,retries,models,owners,lineage",
            "--dailies.access.keys=local/owner=dailies-local,local/reviewer=dailies-reviewer,"
                + "local/moderator=dailies-moderator,other/owner=another-owner",
            "--dailies.oidc.issuer=" + ISSUER.issuerUrl("studio"),
            "--dailies.oidc.audience=dailies",
            "--dailies.dispatch.lease=2s",
            "--dailies.dispatch.unclaimed=2s",
            "--dailies.generation.backoff=200ms",
            "--spring.datasource.hikari.connection-timeout=1000"));
    arguments.addAll(more);
    return new SpringApplication(PromptApplication.class).run(arguments.toArray(String[]::new));
  }

  public void close() {
    context.close();
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public <T> Collection<T> all(Class<T> type) {
    return context.getBeansOfType(type).values();
  }

  public JdbcClient jdbc() {
    return bean(JdbcClient.class);
  }

  /** An answer with its body as JSON. */
  public record Answer(int status, JsonNode body, HttpResponse<String> raw) {
    public String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }

    public String text(String pointer) {
      return body.at(pointer).asString("");
    }
  }

  public URI uri(String path) {
    return URI.create(
        "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
  }

  public HttpRequest.Builder request(String key, String path) {
    return HttpRequest.newBuilder(uri(path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + key);
  }

  public Answer send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          !response.headers().firstValue("Content-Type").orElse("").contains("ndjson")
                  && (response.body().startsWith("{") || response.body().startsWith("["))
              ? JSON.readTree(response.body())
              : JSON.createObjectNode(),
          response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public Answer get(String path) {
    return send(request(OWNER, path).GET().build());
  }

  public Answer get(String key, String path) {
    return send(request(key, path).GET().build());
  }

  public Answer post(String path, Object body, String... headers) {
    return call("POST", OWNER, path, body, headers);
  }

  public Answer call(String method, String key, String path, Object body, String... headers) {
    HttpRequest.Builder request =
        request(key, path)
            .header("Content-Type", "application/json")
            .method(
                method,
                HttpRequest.BodyPublishers.ofString(
                    body instanceof String text ? text : JSON.writeValueAsString(body)));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return send(request.build());
  }

  /** A part of a form: a field, or a file where it has a content type. */
  public record Part(String name, String contentType, byte[] content) {
    public static Part field(String name, String value) {
      return new Part(name, "", value.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Sends a form as the official clients do, in chunks of unknown number. */
  public Answer form(String path, List<Part> parts, String... headers) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Part part : parts) {
      body.writeBytes(
          ("--heron\r\nContent-Disposition: form-data; name=\"" + part.name() + "\"")
              .getBytes(StandardCharsets.UTF_8));
      body.writeBytes(
          (part.contentType().isEmpty()
                  ? "\r\n\r\n"
                  : "; filename=\"../../etc/heron\"\r\nContent-Type: "
                      + part.contentType()
                      + "\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8));
      body.writeBytes(part.content());
      body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    }
    body.writeBytes("--heron--\r\n".getBytes(StandardCharsets.UTF_8));
    HttpRequest.Builder request =
        request(OWNER, path)
            .header("Content-Type", "multipart/form-data; boundary=heron")
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(body.toByteArray())));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return send(request.build());
  }

  /** Asks for a short video of that model and returns its id. */
  public String accepted(String model, Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.putIfAbsent("prompt", "A heron lifts off at dawn");
    body.put("model", model);
    body.putIfAbsent("seconds", 1);
    body.putIfAbsent("size", "160x90");
    Answer answer = post("/v1/videos", body);
    if (answer.status() != 200) {
      throw new AssertionError(answer.raw().body());
    }
    return answer.text("/id");
  }

  /** What the native API says of a generation. */
  public JsonNode generation(String id) {
    return get("/api/generations/" + id).body();
  }

  public String state(String id) {
    return generation(id).at("/state").asString("");
  }
}
