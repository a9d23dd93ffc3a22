package dev.dailies.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Forms that no client library would send; each is refused with a clear 4xx and a code.
 *
 * @param path of a route that takes a form by POST
 * @param file name of the part that is a file there
 */
public record HostileForms(String address, String key, String path, String file) {
  private static final String PROMPT = part("name=\"prompt\"", "a lake");

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** A test for each kind. */
  public Stream<DynamicTest> tests() {
    String named = "name=\"" + file + "\"; filename=\"";
    return Stream.of(
        test("a field that comes twice", PROMPT + part("name=\"prompt\"", "a sea")),
        test("a file that comes twice", PROMPT + (part(named + "a.png\"", "x")).repeat(2)),
        test("a file under another name", PROMPT + part("name=\"odd\"; filename=\"a\"", "x")),
        test("a file name like a path", PROMPT + part(named + "../../../etc/passwd\"", "x")),
        test("a file name like a path of Windows", PROMPT + part(named + "C:\\a\\b\"", "x")),
        test("a file name with a NUL", PROMPT + part(named + "a\u0000.png\"", "x")),
        test("a line break in a file name", PROMPT + part(named + "a\r\nX-Evil: 1\"", "x")),
        test("a file name that turns round", PROMPT + part(named + "\u202egnp.exe\"", "x")),
        test("a form in a form", PROMPT + part(named + "a\"", "--c\r\n\r\nx\r\n--c--")),
        test("a text that is no UTF-8", PROMPT + part("name=\"size\"", "\ufffd")),
        test(
            "an object sent whole and in parts",
            PROMPT + part("name=\"metadata\"", "{}") + part("name=\"metadata[a]\"", "b")),
        test("a drawing", PROMPT + part(named + "a.png\"", "<svg xmlns=\"x\"/>")),
        test("a playlist", PROMPT + part(named + "a.png\"", "#EXTM3U\nfile:///etc/passwd\n")),
        test("a part whose name holds a NUL", PROMPT + part("name=\"si\u0000ze\"", "x")),
        test("a part whose name breaks off", PROMPT + part("name=\"si\r\nze\"", "x")),
        test("a part without a name beside one", PROMPT + part("filename=\"a\"", "x")),
        test("a part without a name", part("filename=\"a\"", "x")),
        test("a part with endless headers", part(named + "x".repeat(20_000) + "\"", "x")),
        test(
            "ten thousand parts",
            IntStream.range(0, 10_000)
                .mapToObj(i -> part("name=\"f" + i + "\"", "x"))
                .collect(Collectors.joining())),
        DynamicTest.dynamicTest(
            path + ": a form without an end is refused",
            () -> refused("multipart/form-data; boundary=b", PROMPT)),
        DynamicTest.dynamicTest(
            path + ": a form without a boundary is refused",
            () -> refused("multipart/form-data", PROMPT + "--b--\r\n")),
        DynamicTest.dynamicTest(
            path + ": a form with an endless boundary is refused",
            () ->
                refused(
                    "multipart/form-data; boundary=" + "b".repeat(5_000), PROMPT + "--b--\r\n")));
  }

  private DynamicTest test(String what, String parts) {
    return DynamicTest.dynamicTest(
        path + ": " + what + " is refused",
        () -> refused("multipart/form-data; boundary=b", parts + "--b--\r\n"));
  }

  private static String part(String disposition, String content) {
    return "--b\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
  }

  private void refused(String type, String body) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isIn(400, 413, 415);
    assertThat(answer.body()).contains("\"code\":\"").doesNotContain("Exception", "passwd");
    assertThat(answer.headers().firstValue("X-Evil")).isEmpty();
  }
}
