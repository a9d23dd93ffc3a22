package dev.dailies.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dailies.parts.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRouterTest {
  private static final int CHUNK = 64 * 1024;

  private final Map<Service, HttpServer> services = new EnumMap<>(Service.class);
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI nobody = URI.create("http://127.0.0.1:" + FreePort.pick());
  private HttpRouter router = new HttpRouter(0, any -> nobody);

  @BeforeEach
  void startServices() {
    router.close();
    router =
        new HttpRouter(
            0,
            service ->
                Optional.ofNullable(services.get(service))
                    .map(up -> URI.create("http://127.0.0.1:" + up.getAddress().getPort()))
                    .orElse(nobody));
  }

  @AfterEach
  void stopServices() {
    router.close();
    services.values().forEach(service -> service.stop(0));
  }

  @Test
  void aPathReachesItsServiceWithQueryBodyAndHeadersAsSent() throws Exception {
    List<String> seen = new ArrayList<>();
    service(
        Service.PROMPT,
        exchange -> {
          seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          seen.add(exchange.getRequestHeaders().getFirst("Authorization"));
          seen.add(exchange.getRequestHeaders().getFirst("X-Forwarded-For"));
          seen.add(exchange.getRequestHeaders().getFirst("Host"));
          seen.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.getResponseHeaders().add("x-mine", "1");
          exchange.getResponseHeaders().add("x-mine", "2");
          answer(exchange, 202, "made");
        });

    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(router.origin().resolve("/v1/videos?a=%2F&b=1"))
                .header("Authorization", "Bearer k")
                .header("X-Forwarded-For", "10.0.0.1")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).isEqualTo("made");
    assertThat(response.headers().allValues("x-mine")).containsExactly("1", "2");
    assertThat(seen)
        .containsExactly(
            "POST /v1/videos?a=%2F&b=1", "Bearer k", null, router.origin().getAuthority(), "{}");
  }

  @Test
  void whatCannotBeReadAsHttpIsTheClientsFault() throws Exception {
    service(Service.PROMPT, exchange -> answer(exchange, 200, ""));
    String head = "POST /v1/videos HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";

    for (String request :
        List.of(
            "GET /v1/videos?a=%zz HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /v1/videos?a=% HTTP/1.1\r\nHost: x\r\n\r\n",
            head + "no number\r\n\r\n",
            head + "fffffffffffffffff\r\n")) {
      try (Socket socket = new Socket("127.0.0.1", router.origin().getPort())) {
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        byte[] start = socket.getInputStream().readNBytes(12);
        assertThat(new String(start, StandardCharsets.UTF_8)).as(request).isEqualTo("HTTP/1.1 400");
      }
    }
  }

  @Test
  void anIdWithAnEncodedSlashIsTheServicesToRefuse() throws Exception {
    List<String> seen = new ArrayList<>();
    service(
        Service.PROMPT,
        exchange -> {
          seen.add(exchange.getRequestURI().toString());
          answer(exchange, 404, "");
        });

    assertThat(get("/v1/videos/a%2Fb").statusCode()).isEqualTo(404);
    assertThat(seen).containsExactly("/v1/videos/a%2Fb");
  }

  @Test
  void aRangeIsAnsweredAsTheServiceAnswersIt() throws Exception {
    service(
        Service.ASSET,
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          exchange.getResponseHeaders().add("Content-Range", "bytes 2-3/10");
          answer(exchange, 206, range);
        });

    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(router.origin().resolve("/v1/videos/v/content"))
                .header("Range", "bytes=2-3")
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(206);
    assertThat(response.headers().firstValue("Content-Range")).contains("bytes 2-3/10");
    assertThat(response.body()).isEqualTo("bytes=2-3");
  }

  @Test
  void aBodyPassesWhileItIsStillBeingWrittenAndHoweverLargeItIs() throws Exception {
    CountDownLatch firstWasRead = new CountDownLatch(1);
    AtomicLong received = new AtomicLong();
    int chunks = 2_000;
    service(
        Service.ASSET,
        exchange -> {
          received.set(exchange.getRequestBody().transferTo(OutputStream.nullOutputStream()));
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream body = exchange.getResponseBody()) {
            body.write(new byte[CHUNK]);
            body.flush();
            awaitQuietly(firstWasRead);
            for (int i = 1; i < chunks; i++) {
              body.write(new byte[CHUNK]);
            }
          }
        });

    HttpResponse<InputStream> response =
        client.send(
            HttpRequest.newBuilder(router.origin().resolve("/api/references"))
                .POST(
                    HttpRequest.BodyPublishers.ofByteArrays(
                        () -> Stream.generate(() -> new byte[CHUNK]).limit(chunks).iterator()))
                .build(),
            HttpResponse.BodyHandlers.ofInputStream());

    try (InputStream body = response.body()) {
      assertThat(body.readNBytes(CHUNK)).hasSize(CHUNK);
      firstWasRead.countDown();
      assertThat(body.transferTo(OutputStream.nullOutputStream())).isEqualTo((chunks - 1L) * CHUNK);
    }
    assertThat(received).hasValue((long) chunks * CHUNK);
  }

  @Test
  void aServiceThatIsNotThereIsAProblemInTheShapeOfThePath() throws Exception {
    HttpResponse<String> openAi = get("/v1/videos");
    assertThat(openAi.statusCode()).isEqualTo(502);
    assertThat(openAi.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(openAi.headers().firstValue("Retry-After")).contains("1");
    assertThat(openAi.body())
        .isEqualTo(
            "{\"error\":{\"message\":\"prompt-service can't be reached; nothing was accepted.\","
                + "\"type\":\"server_error\",\"param\":null,\"code\":\"upstream_unavailable\"}}");

    HttpResponse<String> problem = get("/api/reviews/x");
    assertThat(problem.statusCode()).isEqualTo(502);
    assertThat(problem.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(problem.body())
        .contains("\"status\":502", "\"code\":\"upstream_unavailable\"", "review-service");
  }

  @Test
  void aCreateWhoseServiceDiedMeanwhileIsNotToBeRepeatedByTheClientItself() throws Exception {
    HttpResponse<String> response = whileTheServiceDies("x-other", "1");
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.headers().firstValue("x-should-retry")).contains("false");
    assertThat(response.headers().firstValue("Retry-After")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Idempotency-Key", "X-Stainless-Retry-Count"})
  void unlessTheServiceWouldKnowItAgain(String header) throws Exception {
    HttpResponse<String> response = whileTheServiceDies(header, "0");
    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.headers().firstValue("x-should-retry")).isEmpty();
  }

  private HttpResponse<String> whileTheServiceDies(String header, String value) throws Exception {
    try (ServerSocket dying = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI there = URI.create("http://127.0.0.1:" + dying.getLocalPort());
      Thread.ofVirtual()
          .start(() -> {
            try (Socket connection = dying.accept()) {
              assertThat(connection.getInputStream().read()).isPositive();
            } catch (IOException ended) {
              throw new IllegalStateException(ended);
            }
          });
      try (HttpRouter toDying = new HttpRouter(0, any -> there)) {
        return client.send(
            HttpRequest.newBuilder(toDying.origin().resolve("/v1/videos"))
                .header(header, value)
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
      }
    }
  }

  @Test
  void theRootIsAPageAndOtherPathsAreNotFound() throws Exception {
    assertThat(get("/").body()).contains("Dailies is running");
    HttpResponse<String> unknown = get("/actuator/health");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("\"code\":\"not_found\"");
  }

  @Test
  void aTakenPortIsSaidInOneLine() {
    int taken = router.origin().getPort();

    assertThatThrownBy(() -> new HttpRouter(taken, any -> nobody))
        .isInstanceOf(LaunchFailure.class)
        .hasMessageContaining("port " + taken)
        .hasMessageContaining("--port");
  }

  /** What the routes can't see through must not reach a service, which may see another path. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1//..//actuator/health",
        "/v1/../actuator/health",
        "/v1/%2e%2e/actuator/health",
        "/v1/..;a=b/actuator/health",
        "/v1/.%2E;/actuator/health",
        "/v1/videos/x/./content",
        "/api/assets/../moderation/held"
      })
  void aPathThatClimbsIsNobodys(String path) throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    for (Service service : List.of(Service.PROMPT, Service.ASSET, Service.REVIEW)) {
      service(
          service,
          exchange -> {
            seen.add(exchange.getRequestURI().toString());
            answer(exchange, 200, "reached");
          });
    }

    assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 404")
        .contains("not_found");
    assertThat(seen).isEmpty();
  }

  @Test
  void aHeadAnswersWithTheLengthAndNoBody() throws Exception {
    service(
        Service.ASSET,
        exchange -> {
          exchange.getResponseHeaders().add("Content-Length", "1234567");
          exchange.getResponseHeaders().add("ETag", "\"e\"");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });

    String answer =
        raw("HEAD /v1/videos/v/content HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n");
    assertThat(answer).containsIgnoringCase("content-length: 1234567");
    assertThat(answer).containsIgnoringCase("etag: \"e\"");
  }

  @Test
  void aClientThatAsksFirstIsToldToGoOn() throws Exception {
    service(
        Service.ASSET,
        exchange ->
            answer(exchange, 201, "got " + exchange.getRequestBody().readAllBytes().length));

    try (Socket socket = new Socket("127.0.0.1", router.origin().getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /api/references HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                  + "Content-Length: 5\r\nConnection: close\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 100");
      out.write("abcde".getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
          .contains("HTTP/1.1 201", "got 5");
    }
  }

  @Test
  void eventsPassOneByOneAndAClientThatLeavesIsNoticed() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    CountDownLatch noticed = new CountDownLatch(1);
    service(
        Service.PROMPT,
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write("data: first\n\n".getBytes(StandardCharsets.UTF_8));
            out.flush();
            awaitQuietly(read);
            while (noticed.getCount() > 0) {
              out.write(": heartbeat\n\n".getBytes(StandardCharsets.UTF_8));
              out.flush();
            }
          } catch (IOException gone) {
            noticed.countDown();
          }
        });

    HttpResponse<InputStream> response =
        client.send(
            HttpRequest.newBuilder(router.origin().resolve("/api/events")).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      assertThat(new String(in.readNBytes(11), StandardCharsets.UTF_8)).isEqualTo("data: first");
    }
    read.countDown();
    assertThat(noticed.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aStreamOfAServiceThatIsAwayIsToBeResumed() throws Exception {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(router.origin().resolve("/api/events"))
                .header("Accept", "text/event-stream")
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
    assertThat(response.body()).isEqualTo("retry: 1000\n\n");
    assertThat(get("/api/events").statusCode()).isEqualTo(502);
    HttpRequest other =
        HttpRequest.newBuilder(router.origin().resolve("/v1/videos/v"))
            .header("Accept", "application/json, text/event-stream")
            .build();
    assertThat(client.send(other, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(502);
  }

  @Test
  void anAnswerThatBreaksOffBreaksOffForTheClientToo() throws Exception {
    service(
        Service.ASSET,
        exchange -> {
          exchange.sendResponseHeaders(200, 2 * CHUNK);
          exchange.getResponseBody().write(new byte[CHUNK]);
          exchange.getResponseBody().flush();
          exchange.close();
        });

    assertThatThrownBy(() -> get("/v1/videos/v/content")).isInstanceOf(IOException.class);
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", router.origin().getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private void service(Service service, Answer answer) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", answer::to);
    server.start();
    services.put(service, server);
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(router.origin().resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
