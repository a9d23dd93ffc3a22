package dev.dailies.edge;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.ActorKind;
import dev.dailies.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A small service behind the edge, on a real server and database; its broker is away. */
final class EdgeFixture implements AutoCloseable {
  /** Who is known by a token, for the tests that bring one. */
  static final Map<String, List<Principal>> MEMBERS = new ConcurrentHashMap<>();

  /** Whether the keys of all services of this JVM have been read. */
  static volatile boolean read = true;

  private final ConfigurableApplicationContext service;
  private final HttpClient client = HttpClient.newHttpClient();

  private EdgeFixture(ConfigurableApplicationContext service) {
    this.service = service;
  }

  static EdgeFixture start(TestDatabase database, Class<?>... parts) {
    return start(database, List.of(), parts);
  }

  static EdgeFixture start(TestDatabase database, List<String> more, Class<?>... parts) {
    SpringApplication application =
        new SpringApplication(
            Stream.concat(Stream.of(Service.class), Stream.of(parts)).toArray(Class<?>[]::new));
    List<String> arguments = new ArrayList<>(more);
    arguments.addAll(
        List.of(
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--spring.datasource.url=" + database.jdbcUrl(),
            "--spring.datasource.username=" + database.user(),
            "--spring.datasource.password=" + database.password(),
            "--spring.datasource.hikari.connection-timeout=1000",
            "--spring.flyway.locations=classpath:db/messaging",
            "--spring.kafka.bootstrap-servers=127.0.0.1:1",
            "--spring.mvc.problemdetails.enabled=true",
            "--logging.level.org.apache.kafka=off",
            "--management.endpoint.health.show-details=always",
            "--management.endpoint.health.probes.enabled=true",
            "--dailies.messaging.producer=edge-test"));
    return new EdgeFixture(application.run(arguments.toArray(String[]::new)));
  }

  int port() {
    return Integer.parseInt(
        Optional.ofNullable(service.getEnvironment().getProperty("local.server.port"))
            .orElseThrow());
  }

  HttpResponse<String> call(String method, String path, String key, String... headers)
      throws IOException, InterruptedException {
    return call(method, path, key, HttpRequest.BodyPublishers.noBody(), headers);
  }

  HttpResponse<String> call(
      String method, String path, String key, HttpRequest.BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .method(method, body)
            .header("Authorization", "Bearer " + key);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** A request line that no decent client would send; the whole answer. */
  String raw(String requestLine) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              (requestLine + "\r\nHost: x\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    service.close();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(Probe.class)
  static class Service {
    @Bean
    KeyDirectory keys() {
      Map<String, Role> keys =
          Map.of(
              "owner", Role.OWNER,
              "producer", Role.PRODUCER,
              "moderator", Role.MODERATOR,
              "hasty", Role.PRODUCER,
              "reader", Role.PRODUCER,
              "later", Role.PRODUCER);
      Map<String, Set<String>> scopes =
          Map.of("reader", Set.of("read"), "later", Set.of("read", "moon"));
      return new KeyDirectory() {
        @Override
        public Optional<Principal> find(String secretSha256) {
          return keys.entrySet().stream()
              .filter(key -> sha256(key.getKey()).equals(secretSha256))
              .map(key ->
                  new Principal(
                      new WorkspaceId("acme"),
                      "key of " + key.getKey(),
                      ActorKind.KEY,
                      Set.of(key.getValue()),
                      scopes.getOrDefault(key.getKey(), Set.of())))
              .findFirst();
        }

        @Override
        public List<Principal> findMemberships(String identity) {
          return MEMBERS.getOrDefault(identity, List.of());
        }

        @Override
        public boolean ready() {
          return read;
        }
      };
    }
  }

  static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Routes under both surfaces that do what is asked of them. */
  @RestController
  @Allow(Role.PRODUCER)
  static class Probe {
    record Body(String text, int number) {}

    private final JdbcClient jdbc;

    Probe(JdbcClient jdbc) {
      this.jdbc = jdbc;
    }

    @GetMapping({"/v1/things/{id}", "/api/things/{id}"})
    List<String> show(Principal principal, @PathVariable String id) {
      return List.of(principal.workspace().value(), principal.subject(), id);
    }

    @GetMapping({"/v1/things", "/api/things"})
    int list(@RequestParam int limit) {
      return limit;
    }

    @PostMapping({"/v1/things", "/api/things"})
    Body make(@RequestBody Body body) {
      return body;
    }

    @GetMapping("/api/judged")
    @Allow(Role.MODERATOR)
    String judged() {
      return "judged";
    }

    @GetMapping({"/v1/found", "/api/found"})
    String found(@RequestParam String text) {
      return jdbc.sql("select cast(:text as text)")
          .param("text", text)
          .query(String.class)
          .single();
    }

    @GetMapping({"/v1/fault/{kind}", "/api/fault/{kind}"})
    String fault(@PathVariable String kind) throws Exception {
      throw switch (kind) {
        case "io" -> new IOException("the disk of host 10.0.0.7 is full");
        case "refusal" ->
            new RefusalException(ErrorCode.CONFLICT, "Changed.").param("size").header("x-a", "b");
        default -> new IllegalStateException("select secret from prompt");
      };
    }
  }

  /** A route that forgot to say who may call it. */
  @RestController
  static class Forgetful {
    @GetMapping("/api/forgotten")
    String forgotten() {
      return "open to all";
    }
  }
}
