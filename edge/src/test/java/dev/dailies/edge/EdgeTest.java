package dev.dailies.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dailies.testkit.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and how everything else is refused, under both surfaces. */
class EdgeTest {
  private static final String JSON = "application/json";

  private static TestDatabase database;
  private static EdgeFixture service;

  @BeforeAll
  static void start() {
    database = TestDatabase.fresh("edge");
    service = EdgeFixture.start(database);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void a_route_that_does_not_say_who_may_call_it_stops_the_start() {
    assertThatThrownBy(() -> EdgeFixture.start(database, EdgeFixture.Forgetful.class).close())
        .hasStackTraceContaining("Forgetful#forgotten[0 args] has no @Allow");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer producer", "bearer producer", "Bearer  producer "})
  void a_good_key_is_its_principal(String header) throws Exception {
    String answer = service.raw("GET /v1/things/x HTTP/1.1\r\nAuthorization: " + header);
    assertThat(answer).startsWith("HTTP/1.1 200").contains("[\"acme\",\"key of producer\",\"x\"]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A: b",
        "Authorization: Basic cHJvZHVjZXI=",
        "Authorization: producer",
        "Authorization: Bearer ",
        "Authorization: Bearer unknown"
      })
  void no_key_and_a_wrong_one_are_401(String header) throws Exception {
    String openAi = service.raw("GET /v1/things/x HTTP/1.1\r\n" + header);
    assertThat(openAi)
        .startsWith("HTTP/1.1 401")
        .containsIgnoringCase("www-authenticate: Bearer")
        .containsIgnoringCase("x-should-retry: false")
        .containsIgnoringCase("content-type: application/json")
        .contains("\"type\":\"authentication_error\"", "\"code\":\"invalid_api_key\"");
    assertThat(service.raw("GET /api/things/x HTTP/1.1\r\n" + header))
        .startsWith("HTTP/1.1 401")
        .containsIgnoringCase("content-type: application/problem+json")
        .contains("\"status\":401", "\"code\":\"invalid_api_key\"");
  }

  @Test
  void a_role_opens_its_routes_and_an_owner_all() throws Exception {
    assertThat(service.call("GET", "/api/judged", "moderator").statusCode()).isEqualTo(200);
    assertThat(service.call("GET", "/api/judged", "owner").statusCode()).isEqualTo(200);
    assertThat(service.call("GET", "/v1/things/x", "owner").statusCode()).isEqualTo(200);
    HttpResponse<String> refused = service.call("GET", "/api/judged", "producer");
    isProblem(refused, 403, "forbidden");
    assertThat(refused.headers().firstValue("x-should-retry")).contains("false");
    assertThat(refused.headers().firstValue("x-request-id").orElse("")).matches("req_[0-9a-f]{32}");
    HttpResponse<String> openAi = service.call("GET", "/v1/things/x", "moderator");
    isOpenAi(openAi, 403, "forbidden");
    assertThat(openAi.body()).contains("\"type\":\"permission_error\"");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /nothing, 404, not_found",
    "GET, /things/x/y, 404, not_found",
    "DELETE, /things/x, 405, method_not_allowed",
    "GET, /things, 400, invalid_request",
    "GET, /things?limit=many, 400, invalid_request",
    "GET, /found?text=%00, 400, invalid_request",
    "GET, /fault/io, 500, internal",
    "GET, /fault/other, 500, internal",
    "GET, /fault/refusal, 409, conflict",
  })
  void what_is_refused_has_the_shape_of_its_surface(
      String method, String path, int status, String code) throws Exception {
    HttpResponse<String> openAi = service.call(method, "/v1" + path, "producer");
    HttpResponse<String> problem = service.call(method, "/api" + path, "producer");
    isOpenAi(openAi, status, code);
    isProblem(problem, status, code);
    assertThat(openAi.body() + problem.body())
        .doesNotContain("Exception", "10.0.0.7", "select secret");
    assertThat(openAi.headers().firstValue("x-should-retry").isPresent()).isEqualTo(status < 500);
  }

  @Test
  void a_method_that_is_not_known_is_told_which_are() throws Exception {
    HttpResponse<String> refused = service.call("DELETE", "/v1/things/x", "producer");
    assertThat(refused.headers().firstValue("Allow"))
        .hasValueSatisfying(a -> assertThat(a).contains("GET"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | {\"text\": | 400 | invalid_body",
        "application/json | [] | 400 | invalid_body",
        "application/json | {\"text\":\"a\",\"number\":\"b\"} | 400 | invalid_body",
        "text/csv | a,b | 415 | unsupported_media_type",
      })
  void a_body_that_can_not_be_read_is_refused(String type, String body, int status, String code)
      throws Exception {
    isOpenAi(
        service.call(
            "POST", "/v1/things", "producer", BodyPublishers.ofString(body), "Content-Type", type),
        status,
        code);
    isProblem(
        service.call(
            "POST", "/api/things", "producer", BodyPublishers.ofString(body), "Content-Type", type),
        status,
        code);
  }

  @Test
  void an_answer_in_another_form_is_not_to_be_had_but_its_refusal_is() throws Exception {
    HttpResponse<String> refused =
        service.call("GET", "/v1/things/x", "producer", "Accept", "image/png");
    isOpenAi(refused, 406, "not_acceptable");
  }

  /** The server itself refuses these, before any of our code is reached. */
  @ParameterizedTest
  @ValueSource(strings = {"/a%2Fb", "/%2e%2e%2fx", "/a%5Cb", "/a%00b", "/a%", "/a%zz", "/../../x"})
  void an_odd_path_is_refused_in_the_shape_of_its_surface(String path) throws Exception {
    String openAi = service.raw("GET /v1/things" + path + " HTTP/1.1");
    assertThat(openAi).containsPattern("^HTTP/1.1 40[04]").doesNotContain("<html", "Tomcat");
    assertThat(openAi)
        .containsIgnoringCase("content-type: application/json\r\n")
        .contains("\"code\":\"");
    String problem = service.raw("GET /api/things" + path + " HTTP/1.1");
    assertThat(problem)
        .containsPattern("^HTTP/1.1 40[04]")
        .contains("\"code\":\"")
        .doesNotContain("<html", "Tomcat");
  }

  /** Of such a line not even the path is known. */
  @ParameterizedTest
  @ValueSource(strings = {"GET /v1/a|b HTTP/1.1", "GET /v1/a\\b HTTP/1.1", "GET HTTP/1.1 /v1"})
  void an_unreadable_request_line_is_a_problem(String line) throws Exception {
    assertThat(service.raw(line))
        .containsPattern("^HTTP/1.1 400")
        .contains("\"code\":\"invalid_request\"")
        .doesNotContain("<html", "Tomcat");
  }

  @Test
  void the_error_page_itself_shows_nothing() throws Exception {
    isProblem(service.call("GET", "/error", "producer"), 404, "not_found");
  }

  @Test
  void a_database_that_is_down_is_503_and_comes_back() throws Exception {
    database.refuse();
    try {
      HttpResponse<String> openAi = service.call("GET", "/v1/found?text=a", "producer");
      isOpenAi(openAi, 503, "database_unavailable");
      assertThat(openAi.headers().firstValue("Retry-After")).isPresent();
      assertThat(openAi.headers().firstValue("x-should-retry")).isEmpty();
      isProblem(service.call("GET", "/api/found?text=a", "producer"), 503, "database_unavailable");
    } finally {
      database.allow();
    }
    // A pooled connection that was cut a moment ago may be met once more.
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> service.call("GET", "/v1/found?text=a", "producer").body().equals("a"));
  }

  private static void isOpenAi(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains(JSON);
    assertThat(answer.body())
        .startsWith("{\"error\":{\"message\":\"")
        .contains("\"type\":\"", "\"param\":", "\"code\":\"" + code + "\"");
  }

  private static void isProblem(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body())
        .contains("\"type\":\"", "\"title\":\"", "\"detail\":\"")
        .contains("\"status\":" + status, "\"code\":\"" + code + "\"");
  }
}
