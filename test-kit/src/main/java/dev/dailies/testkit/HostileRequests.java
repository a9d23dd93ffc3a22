package dev.dailies.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Requests that no client library would send, over a bare socket: each is refused with a clear 4xx
 * and a code, and what is endless is refused before much of it was read.
 *
 * @param path of a route that takes JSON by POST
 * @param most bytes of such a body that may be taken in before the refusal, buffers on the way
 *     included
 */
public record HostileRequests(String address, String key, String path, long most) {
  private static final long ENDLESS = 100L << 20;
  private static final byte[] FILL = new byte[1 << 16];

  static {
    Arrays.fill(FILL, (byte) 'x');
  }

  private record Answer(int status, String whole, long sent) {}

  /** A test for each kind. */
  public Stream<DynamicTest> tests() {
    return Stream.of(
        DynamicTest.dynamicTest(
            "JSON 10,000 levels deep is refused", () -> refused(400, json("[".repeat(10_000)))),
        DynamicTest.dynamicTest(
            "JSON in objects 10,000 levels deep is refused",
            () -> refused(400, json("{\"a\":".repeat(10_000)))),
        DynamicTest.dynamicTest(
            "a number of 50,000 digits is refused",
            () -> refused(400, json("{\"a\":" + "9".repeat(50_000) + "}"))),
        DynamicTest.dynamicTest(
            "bytes that are no UTF-8 are refused",
            () -> refused(400, json("{\"a\":\"\u00c3\u0028\"}", StandardCharsets.ISO_8859_1))),
        DynamicTest.dynamicTest(
            "bytes in a longer form than needed are refused",
            () -> refused(400, json("{\"a\":\"\u00c0\u00af\"}", StandardCharsets.ISO_8859_1))),
        DynamicTest.dynamicTest(
            "UTF-16 is refused", () -> refused(400, json("{\u0000\"\u0000a\u0000\"\u0000"))),
        DynamicTest.dynamicTest(
            "half a surrogate pair in a name is refused",
            () -> refused(400, json("{\"\\ud800\":1}"))),
        DynamicTest.dynamicTest(
            "a field that comes twice is refused",
            () -> refused(400, json("{\"prompt\":\"a\",\"prompt\":\"b\"}"))),
        DynamicTest.dynamicTest(
            "a number beyond all is refused", () -> refused(400, json("{\"seed\":1e400}"))),
        DynamicTest.dynamicTest(
            "more than one value is refused", () -> refused(400, json("{}{\"a\":1}"))),
        DynamicTest.dynamicTest(
            "a packed body is refused",
            () -> refused(415, head("Content-Encoding: gzip\r\nContent-Length: 2\r\n") + "{}")),
        DynamicTest.dynamicTest(
            "another encoding than UTF-8 is refused",
            () ->
                refused(
                    415,
                    head("Content-Length: 2\r\n").replace("/json", "/json; charset=utf-16")
                        + "{}")),
        DynamicTest.dynamicTest(
            "a field of 100 MB is refused before it was sent", () -> endless(false)),
        DynamicTest.dynamicTest(
            "a field without an end is refused while it is sent", () -> endless(true)),
        DynamicTest.dynamicTest("a line break in a path stays there", this::lineBreakInPath),
        DynamicTest.dynamicTest(
            "a header over two lines is refused or read as one", this::foldedHeader),
        DynamicTest.dynamicTest(
            "a body cut short is refused",
            () -> refused(400, head("Content-Length: 2\r\n") + "{")));
  }

  private void refused(int status, String request) throws IOException {
    refused(status, request, StandardCharsets.UTF_8);
  }

  private void refused(int status, byte[] request) throws IOException {
    check(status, send(request, 0, false));
  }

  private void refused(int status, String request, java.nio.charset.Charset charset)
      throws IOException {
    check(status, send(request.getBytes(charset), 0, false));
  }

  private static void check(int status, Answer answer) {
    assertThat(answer.status()).as(answer.whole()).isEqualTo(status);
    assertThat(answer.whole()).contains("\"code\":\"").doesNotContain("Exception");
  }

  private String json(String body) {
    return head("Content-Length: " + body.length() + "\r\n") + body;
  }

  private byte[] json(String body, java.nio.charset.Charset charset) {
    return json(body).getBytes(charset);
  }

  private String head(String length) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: "
        + URI.create(address).getAuthority()
        + "\r\nAuthorization: Bearer "
        + key
        + "\r\nContent-Type: application/json\r\nConnection: close\r\n"
        + length
        + "\r\n";
  }

  private void endless(boolean chunked) throws IOException {
    String length =
        chunked ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + ENDLESS + "\r\n";
    String start = "{\"a\":\"";
    String first = chunked ? "6\r\n" + start + "\r\n" : start;
    Answer answer =
        send((head(length) + first).getBytes(StandardCharsets.UTF_8), ENDLESS - 8, chunked);
    check(413, answer);
    assertThat(answer.sent()).as("sent before the refusal").isLessThan(most);
  }

  private void lineBreakInPath() throws IOException {
    String request =
        ("GET %s%%0d%%0aX-Evil:%%201?a=%%0d%%0aX-Evil:%%201 HTTP/1.1\r\nHost: x\r\n"
                + "Authorization: Bearer %s\r\nConnection: close\r\n\r\n")
            .formatted(path, key);
    Answer answer = send(request.getBytes(StandardCharsets.UTF_8), 0, false);
    assertThat(answer.status()).as(answer.whole()).isBetween(400, 499);
    assertThat(head(answer)).doesNotContain("x-evil");
  }

  private void foldedHeader() throws IOException {
    String request = head("Dailies-Workspace: a\r\n X-Evil: 1\r\nContent-Length: 1\r\n") + "{";
    Answer answer = send(request.getBytes(StandardCharsets.UTF_8), 0, false);
    assertThat(answer.status()).as(answer.whole()).isBetween(400, 499);
    assertThat(head(answer)).doesNotContain("x-evil");
  }

  private static String head(Answer answer) {
    return answer.whole().split("\r\n\r\n", 2)[0].toLowerCase(Locale.ROOT);
  }

  /** As far as it goes before the server gives up on what we still would send. */
  private static String refusal(InputStream in) throws IOException {
    byte[] buffer = new byte[1 << 14];
    StringBuilder whole = new StringBuilder();
    int read = 0;
    while (read >= 0 && whole.indexOf("\"code\":\"") < 0) {
      read = in.read(buffer);
      whole.append(new String(buffer, 0, Math.max(0, read), StandardCharsets.UTF_8));
    }
    return whole.toString();
  }

  /** Sends, then fills on until an answer comes, as a client does that looks for one. */
  private Answer send(byte[] request, long fill, boolean chunked) throws IOException {
    URI where = URI.create(address);
    try (Socket socket = new Socket(where.getHost(), where.getPort())) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      out.write(request);
      long sent = 0;
      while (sent < fill && in.available() == 0) {
        if (chunked) {
          out.write((Integer.toHexString(FILL.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
        out.write(FILL);
        if (chunked) {
          out.write("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        sent += FILL.length;
      }
      if (fill == 0) {
        socket.shutdownOutput();
      }
      String whole =
          fill == 0 ? new String(in.readAllBytes(), StandardCharsets.UTF_8) : refusal(in);
      assertThat(whole).startsWith("HTTP/1.1 ");
      return new Answer(Integer.parseInt(whole.substring(9, 12)), whole, sent);
    }
  }
}
