package dev.dailies.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.testkit.OpenApiFile.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Holds a live service against its {@code openapi.yaml}: the file is valid OpenAPI 3.1; it has
 * every live route and no other; each of its examples is sent and answered as it says; and so are
 * requests that are spoilt at random.
 *
 * <p>In an example, and for a path's variables, <code>{name}</code> stands for {@link
 * RouteMatrix.Service#known}. An example succeeds, unless the operation's {@code x-example-answers}
 * lists the statuses that it may get. {@code x-line-schema} beside a media type in lines holds for
 * each line.
 */
public final class OpenApiMatrix {
  private static final int SPOILT = Integer.getInteger("dailies.fuzz.requests", 10);
  private static final long SEED = Long.getLong("dailies.fuzz.seed", 20261124L);

  /** What each line of an answer in NDJSON looks like. */
  private static final String OF_LINES = "x-line-schema";

  private final OpenApiFile file;
  private final RouteMatrix.Service service;
  private final HttpClient client = HttpClient.newHttpClient();

  private OpenApiMatrix(OpenApiFile file, RouteMatrix.Service service) {
    this.file = file;
    this.service = service;
  }

  /** A test of the file, one of the paths, and two for each operation. */
  public static Stream<DynamicTest> tests(
      Collection<RequestMappingHandlerMapping> mappings,
      InputStream yaml,
      RouteMatrix.Service service) {
    OpenApiFile file = OpenApiFile.load(yaml);
    OpenApiMatrix matrix = new OpenApiMatrix(file, service);
    List<Operation> operations = file.operations();
    return Stream.of(
            Stream.of(
                DynamicTest.dynamicTest(
                    "openapi.yaml is valid OpenAPI 3.1", () -> assertThat(file.faults()).isEmpty()),
                DynamicTest.dynamicTest("openapi.yaml is served to everybody", matrix::served),
                DynamicTest.dynamicTest("other methods get a 405", matrix::otherMethods),
                DynamicTest.dynamicTest("a stranger gets a 401 before a 415", matrix::stranger),
                DynamicTest.dynamicTest(
                    "openapi.yaml has every live route and no other",
                    () ->
                        assertThat(
                                operations.stream()
                                    .map(Operation::name)
                                    .collect(Collectors.toSet()))
                            .containsExactlyInAnyOrderElementsOf(LiveRoute.names(mappings)))),
            operations.stream()
                .map(operation ->
                    DynamicTest.dynamicTest(
                        operation.name() + " answers its examples as documented",
                        () -> matrix.examples(operation))),
            operations.stream()
                .map(operation ->
                    DynamicTest.dynamicTest(
                        operation.name() + " answers spoilt requests as documented",
                        () -> matrix.spoilt(operation))))
        .flatMap(tests -> tests);
  }

  private void served() throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        client.send(
            HttpRequest.newBuilder(URI.create(service.address() + "/openapi.yaml")).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream yaml = response.body()) {
      assertThat(response.headers().firstValue("Content-Type")).contains("application/yaml");
      assertThat(OpenApiFile.load(yaml).operations()).hasSameSizeAs(file.operations());
    }
  }

  private void otherMethods() throws IOException, InterruptedException {
    for (String path : file.operations().stream().map(Operation::path).distinct().toList()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(service.address() + path.replaceAll("[{}]", "")))
              .method("PUT", HttpRequest.BodyPublishers.noBody())
              .build();
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).as(path).isEqualTo(405);
      assertThat(response.headers().firstValue("Allow")).as(path).isPresent();
      assertThat(response.body()).as(path).contains("\"code\":\"method_not_allowed\"");
      assertThat(response.headers().firstValue("Allow").orElse("").split(", ?"))
          .as(path)
          .contains(methodsOf(path).toArray(new String[0]))
          .isSubsetOf(
              Stream.concat(methodsOf(path).stream(), Stream.of("HEAD", "OPTIONS")).toList());
    }
  }

  private List<String> methodsOf(String path) {
    return file.operations().stream()
        .filter(operation -> operation.path().equals(path))
        .map(Operation::method)
        .toList();
  }

  private void stranger() throws IOException, InterruptedException {
    for (Operation operation : file.operations()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(service.address() + operation.path().replaceAll("[{}]", "")))
              .header("Content-Type", "application/of-no-kind")
              .header("Accept", "application/of-no-kind")
              .method(operation.method(), HttpRequest.BodyPublishers.ofString("?"))
              .build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode())
          .as(operation.name())
          .isEqualTo(401);
    }
  }

  private List<OpenApiCall> calls(Operation operation) {
    return OpenApiCall.examples(
        file, operation, variable -> service.known(operation.path(), variable));
  }

  private void examples(Operation operation) {
    List<Integer> wanted =
        operation.node().path("x-example-answers").valueStream().map(JsonNode::asInt).toList();
    for (OpenApiCall call : calls(operation)) {
      int status = send(call);
      if (wanted.isEmpty()) {
        assertThat(status).as("%s: %s", operation.name(), call).isBetween(200, 299);
      } else {
        assertThat(status).as("%s: %s", operation.name(), call).isIn(wanted);
      }
    }
  }

  private void spoilt(Operation operation) {
    List<OpenApiCall> calls = calls(operation);
    long seed = SEED * 31 + operation.name().hashCode();
    Random random = new Random(seed);
    OpenApiMutations mutations = new OpenApiMutations(random);
    for (int i = 0; i < SPOILT; i++) {
      OpenApiCall call = calls.get(random.nextInt(calls.size()));
      int times = 1 + random.nextInt(2);
      for (int j = 0; j < times; j++) {
        call = mutations.spoil(call);
      }
      send(call);
    }
  }

  private int send(OpenApiCall call) {
    HttpRequest request = call.request(service.address(), service.key("owner"));
    try {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        check(call, call.described(request) + " (seed " + SEED + ")", response, body);
      }
      return response.statusCode();
    } catch (IOException failed) {
      throw new AssertionError(call.described(request) + " gave no answer", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  private void check(
      OpenApiCall call, String about, HttpResponse<InputStream> response, InputStream body)
      throws IOException {
    String type = response.headers().firstValue("Content-Type").orElse("");
    // Of media and of streams without an end only the beginning is looked at.
    String text =
        type.contains("json") ? new String(body.readAllBytes(), StandardCharsets.UTF_8) : "";
    int status = response.statusCode();
    assertThat(status).as("%s: %s", about, text).isNotEqualTo(500);
    assertThat(response.headers().firstValue("X-Evil")).as(about).isEmpty();
    JsonNode documented =
        file.response(call.operation(), status)
            .orElseThrow(
                () -> new AssertionError(about + ": undocumented " + status + ": " + text));
    headers(documented, about + ": " + status, response);
    if (!documented.has("content") || call.operation().method().equals("HEAD")) {
      assertThat(body.read()).as("%s: %d has a body", about, status).isEqualTo(-1);
      return;
    }
    JsonNode media =
        documented.path("content").properties().stream()
            .filter(entry -> fits(entry.getKey(), type))
            .findFirst()
            .orElseThrow(
                () -> new AssertionError(about + ": " + status + " of undocumented type " + type))
            .getValue();
    if (type.contains("json")) {
      List<String> values = media.has(OF_LINES) ? text.lines().toList() : List.of(text);
      JsonNode schema = media.path(media.has(OF_LINES) ? OF_LINES : "schema");
      for (String value : values) {
        assertThat(file.misfits(schema, parsed(about, value)))
            .as("%s: %d: %s", about, status, value)
            .isEmpty();
      }
    }
  }

  private static boolean fits(String documented, String type) {
    String essence = type.split(";", 2)[0].strip();
    return documented.equals(essence)
        || documented.endsWith("/*")
            && essence.startsWith(documented.substring(0, documented.length() - 1));
  }

  private static JsonNode parsed(String about, String text) {
    try {
      return OpenApiFile.JSON.readTree(text);
    } catch (JacksonException e) {
      throw new AssertionError(about + " is not JSON: " + text, e);
    }
  }

  private void headers(JsonNode documented, String about, HttpResponse<?> response) {
    documented
        .path("headers")
        .forEachEntry((name, reference) -> {
          JsonNode header = file.resolved(reference);
          Optional<String> value = response.headers().firstValue(name);
          if (header.path("required").asBoolean(false)) {
            assertThat(value).as("%s lacks the header %s", about, name).isPresent();
          }
          JsonNode schema = header.path("schema");
          value.ifPresent(text ->
              assertThat(
                      file.misfits(
                          schema,
                          schema.path("type").asString("").equals("integer")
                              ? parsed(about + " " + name, text)
                              : OpenApiFile.JSON.valueToTree(text)))
                  .as("%s: header %s: %s", about, name, text)
                  .isEmpty());
        });
  }
}
