package dev.dailies.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

  private static final int ANSWER = 100_000;

  private final AtomicInteger served = new AtomicInteger();
  private final HttpServer server;
  private final FaultProxy proxy;

  FaultProxyTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          served.incrementAndGet();
          exchange.sendResponseHeaders(200, ANSWER);
          try (var out = exchange.getResponseBody()) {
            out.write(new byte[ANSWER]);
          }
        });
    server.start();
    proxy = FaultProxy.to(server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    proxy.close();
    server.stop(0);
  }

  @Test
  void passes() throws Exception {
    assertThat(post(10).body()).hasSize(ANSWER);
    assertThat(proxy.accepted()).isEqualTo(1);
  }

  @Test
  void refusesAndComesBackOnTheSamePort() throws Exception {
    int port = proxy.port();
    proxy.refuse();
    assertThatThrownBy(() -> post(10)).isInstanceOf(ConnectException.class);
    proxy.pass();
    assertThat(proxy.port()).isEqualTo(port);
    assertThat(post(10).statusCode()).isEqualTo(200);
  }

  @Test
  void losesTheAnswerOfARequestThatWasServed() {
    proxy.cutDownloadAfter(0);
    assertThatThrownBy(() -> post(10)).isInstanceOf(IOException.class);
    assertThat(served).hasValue(1);
  }

  @Test
  void cutsInTheMiddleOfAnAnswer() {
    proxy.cutDownloadAfter(ANSWER / 2);
    assertThatThrownBy(() -> post(10)).isInstanceOf(IOException.class);
  }

  @Test
  void cutsInTheMiddleOfARequest() {
    proxy.cutUploadAfter(50_000);
    assertThatThrownBy(() -> post(1_000_000)).isInstanceOf(IOException.class);
    assertThat(served).hasValue(0);
  }

  @Test
  void stallsAndGoesOn() throws Exception {
    proxy.stall();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThatThrownBy(() ->
              client.send(
                  request(10, Duration.ofMillis(400)), HttpResponse.BodyHandlers.discarding()))
          .isInstanceOf(HttpTimeoutException.class);
      CompletableFuture<HttpResponse<Void>> waiting =
          client.sendAsync(
              request(10, Duration.ofSeconds(20)), HttpResponse.BodyHandlers.discarding());
      await().atMost(Duration.ofSeconds(10)).until(() -> proxy.accepted() == 2);
      assertThat(waiting).isNotDone();
      proxy.pass();
      assertThat(waiting.join().statusCode()).isEqualTo(200);
    }
  }

  private HttpResponse<byte[]> post(int bytes) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          request(bytes, Duration.ofSeconds(10)), HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private HttpRequest request(int bytes, Duration timeout) {
    return HttpRequest.newBuilder(proxy.http())
        // The client repeats a GET by itself when its connection breaks.
        .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[bytes]))
        .timeout(timeout)
        .build();
  }
}
