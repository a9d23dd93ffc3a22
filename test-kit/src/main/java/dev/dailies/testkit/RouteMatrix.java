package dev.dailies.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Asks every live route of a service with a key of every role, without a key, and with a key of
 * another workspace, and compares with what a table in the tree declares. A route that is not in
 * the table fails, and so does a line of the table without a route.
 *
 * <p>A line reads {@code method | path | roles besides owner | ids | body}. {@code ids} is {@code
 * own} where the path names something of the workspace, so that another workspace is told the same
 * 404 as of an unknown one; {@code global} where it names what all see; {@code -} without. The body
 * is what lets a request get as far as looking for the id; it may hold the path's variables. Routes
 * that take forms get its texts as fields.
 */
public final class RouteMatrix {
  private static final Logger log = LoggerFactory.getLogger(RouteMatrix.class);
  private static final List<String> ROLES =
      List.of("owner", "producer", "reviewer", "moderator", "approver", "operator");
  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
  private static final Set<String> READS = Set.of("GET", "HEAD");
  private static final String FORM = "multipart/form-data";
  private static final String PART =
      "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n";
  private static final Pattern TEXT_FIELD = Pattern.compile("\"(\\w+)\": \"([^\"]*)\"");
  private static final String LIMIT = "x-ratelimit-limit-requests";
  private static final int SAMPLES = 9;
  private static final Duration ALIKE = Duration.ofMillis(25);

  /** The service under test. */
  public interface Service {
    /** Its address, without a path. */
    String address();

    /** The secret of a key of the workspace that has this role and no other. */
    String key(String role);

    /** The secret of an owner's key of another workspace. */
    String stranger();

    /** The secret of an owner's key with the scope {@code read}. */
    String reader();

    /** The secret of an owner's key that was good once and has expired. */
    String expired();

    /** The id of something of the workspace, for that variable of that path. */
    String known(String path, String variable);

    /** A well-formed id of the same kind that stands for nothing. */
    String unknown(String path, String variable);
  }

  private record Line(String method, String path, Set<String> roles, String ids, String body) {
    String name() {
      return method + " " + path;
    }

    static Line parse(String text) {
      String[] parts = text.split("\\|", 5);
      if (parts.length < 4) {
        throw new IllegalArgumentException("not a line of a route table: " + text);
      }
      Set<String> roles = new TreeSet<>(List.of("owner"));
      Arrays.stream(parts[2].strip().split("\\s+")).filter(r -> !r.isEmpty()).forEach(roles::add);
      if (!ROLES.containsAll(roles)) {
        throw new IllegalArgumentException("unknown role: " + text);
      }
      return new Line(
          parts[0].strip(),
          parts[1].strip(),
          roles,
          parts[3].strip(),
          parts.length == 5 ? parts[4].strip() : "");
    }
  }

  /**
   * An answer.
   *
   * @param headers their names, in lower case
   */
  private record Answer(int status, String body, Set<String> headers, long nanos) {}

  private final Service service;
  private final HttpClient client = HttpClient.newHttpClient();

  private RouteMatrix(Service service) {
    this.service = service;
  }

  /** A test for each route, and one for the table. */
  public static Stream<DynamicTest> tests(
      Collection<RequestMappingHandlerMapping> mappings, InputStream table, Service service)
      throws IOException {
    List<Line> lines =
        new String(table.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(Line::parse)
            .toList();
    List<LiveRoute> live = LiveRoute.of(mappings);
    RouteMatrix matrix = new RouteMatrix(service);
    return Stream.concat(
        Stream.of(
            DynamicTest.dynamicTest(
                "the table names every live route and no other",
                () ->
                    assertThat(live.stream().map(LiveRoute::name).collect(Collectors.toSet()))
                        .containsExactlyInAnyOrderElementsOf(
                            lines.stream().map(Line::name).toList()))),
        live.stream()
            .flatMap(route ->
                lines.stream()
                    .filter(line -> line.name().equals(route.name()))
                    .flatMap(line -> matrix.tests(route, line))));
  }

  private Stream<DynamicTest> tests(LiveRoute route, Line line) {
    Stream<DynamicTest> roles =
        Stream.of(
            DynamicTest.dynamicTest(
                route.name()
                    + route.contentType().map(type -> " of " + type).orElse("")
                    + " is for "
                    + String.join(", ", line.roles()),
                () -> rolesAreAsDeclared(route, line)));
    return line.ids().equals("own")
        ? Stream.concat(
            roles,
            Stream.of(
                DynamicTest.dynamicTest(
                    route.name() + " tells another workspace nothing",
                    () -> foreignIsUnknown(route, line))))
        : roles;
  }

  private void rolesAreAsDeclared(LiveRoute route, Line line) {
    String path = filled(route.path(), route.path(), service::unknown);
    assertThat(line.ids()).isEqualTo(path.equals(route.path()) ? "-" : line.ids()).isNotBlank();
    assertThat(call(route, path, Optional.empty(), "").status()).as("without a key").isEqualTo(401);
    assertThat(call(route, path, Optional.of(service.expired()), "").status())
        .as("with an expired key")
        .isEqualTo(401);
    int reading = call(route, path, Optional.of(service.reader()), "").status();
    if (READS.contains(route.method())) {
      assertThat(reading).as("with a key that only reads").isNotIn(401, 403);
    } else {
      assertThat(reading).as("with a key that only reads").isEqualTo(403);
    }
    for (String role : ROLES) {
      Answer answer = call(route, path, Optional.of(service.key(role)), "");
      if (line.roles().contains(role)) {
        assertThat(answer.status())
            .as("%s: %s", role, answer.body())
            .matches(status -> status != 401 && status != 403 && status < 500);
      } else {
        assertThat(answer.status()).as("%s: %s", role, answer.body()).isEqualTo(403);
      }
    }
  }

  /** Equal status, body and headers, and no tell-tale time; the known one is really there. */
  private void foreignIsUnknown(LiveRoute route, Line line) {
    String known = filled(route.path(), route.path(), service::known);
    String unknown = filled(route.path(), route.path(), service::unknown);
    String body = filled(line.body(), route.path(), service::known);
    if (route.method().equals("GET")) {
      Answer own = call(route, known, Optional.of(service.key("owner")), body);
      assertThat(own.status()).as("it must be there: " + own.body()).isLessThan(400);
    }
    long[] foreignTimes = new long[SAMPLES];
    long[] unknownTimes = new long[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      // In turns, since a connection may be slow at every other request (delayed acknowledgements).
      boolean foreignFirst = i % 2 == 0;
      Answer one =
          call(route, foreignFirst ? known : unknown, Optional.of(service.stranger()), body);
      Answer two =
          call(route, foreignFirst ? unknown : known, Optional.of(service.stranger()), body);
      assertThat(one.status()).as(one.body()).isEqualTo(404);
      assertThat(two.status()).as(two.body()).isEqualTo(404);
      assertThat(one.body()).isEqualTo(two.body());
      assertThat(one.headers()).isEqualTo(two.headers()).contains(LIMIT);
      foreignTimes[i] = (foreignFirst ? one : two).nanos();
      unknownTimes[i] = (foreignFirst ? two : one).nanos();
    }
    Arrays.sort(foreignTimes);
    Arrays.sort(unknownTimes);
    log.info(
        "{}: median of a foreign id {} us, of an unknown one {} us",
        route.name(),
        foreignTimes[SAMPLES / 2] / 1_000,
        unknownTimes[SAMPLES / 2] / 1_000);
    assertThat(Duration.ofNanos(Math.abs(foreignTimes[0] - unknownTimes[0])))
        .as("a foreign id is told apart by its time")
        .isLessThan(ALIKE);
  }

  private static String filled(String text, String path, BinaryOperator<String> value) {
    return VARIABLE.matcher(text).replaceAll(found -> value.apply(path, found.group(1)));
  }

  private static String form(String body) {
    StringBuilder parts = new StringBuilder(PART.formatted("nothing", ""));
    TEXT_FIELD
        .matcher(body)
        .results()
        .forEach(field -> parts.append(PART.formatted(field.group(1), field.group(2))));
    return parts.append("--b--\r\n").toString();
  }

  private Answer call(LiveRoute route, String path, Optional<String> key, String body) {
    boolean form = route.contentType().filter(FORM::equals).isPresent();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(service.address() + path))
            .timeout(Duration.ofSeconds(20))
            .header(
                "Content-Type",
                form ? FORM + "; boundary=b" : route.contentType().orElse("application/json"))
            .method(route.method(), HttpRequest.BodyPublishers.ofString(form ? form(body) : body));
    key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    long began = System.nanoTime();
    try {
      // A stream of events has no end: of what is allowed only the beginning is read.
      HttpResponse<InputStream> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        String text =
            response.statusCode() < 400
                ? ""
                : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(
            response.statusCode(),
            text,
            ofTheAnswer(response.headers()),
            System.nanoTime() - began);
      }
    } catch (IOException failed) {
      throw new AssertionError(route.name() + " gave no answer", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError(interrupted);
    }
  }

  /** Without what the connection says of itself: after so many requests it is the last. */
  private static Set<String> ofTheAnswer(HttpHeaders headers) {
    Set<String> names = new TreeSet<>(headers.map().keySet());
    names.removeAll(Set.of("connection", "keep-alive"));
    return names;
  }
}
