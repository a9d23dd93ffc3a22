package dev.dailies.local;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the one origin, as the tests of the whole need it. */
final class DailiesClient {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI origin;
  private final String key;
  private final String traceParent;

  DailiesClient(URI origin, String key) {
    this(origin, key, "");
  }

  private DailiesClient(URI origin, String key, String traceParent) {
    this.origin = origin;
    this.key = key;
    this.traceParent = traceParent;
  }

  /** An answer: its status, and its body as JSON. */
  record Answer(int status, JsonNode body) {
    String text(String field) {
      return body.path(field).asString("");
    }
  }

  /** The same client as part of a trace (W3C traceparent). */
  DailiesClient tracedBy(String parent) {
    return new DailiesClient(origin, key, parent);
  }

  /** The same origin with another key. */
  DailiesClient as(String otherKey) {
    return new DailiesClient(origin, otherKey);
  }

  Answer get(String path) {
    return call("GET", path, null);
  }

  Answer post(String path, Map<String, ?> body) {
    return call("POST", path, JSON.writeValueAsString(body));
  }

  Answer patch(String path, Map<String, ?> body) {
    return call("PATCH", path, JSON.writeValueAsString(body));
  }

  Answer delete(String path) {
    return call("DELETE", path, null);
  }

  /** Asks for a small video of one second and returns its id. */
  String submit(String prompt) {
    return submit(Map.of("prompt", prompt, "seconds", "1", "size", "160x90"));
  }

  String submit(Map<String, ?> request) {
    Answer answer = post("/v1/videos", request);
    if (answer.status() != 200) {
      throw new AssertionError("not accepted: " + answer);
    }
    return answer.text("id");
  }

  /** Asks again until the answer is accepted, as a client with retries does. */
  String submitWithRetries(String idempotencyKey, String prompt, Duration atMost) {
    Map<String, String> request = Map.of("prompt", prompt, "seconds", "1", "size", "160x90");
    Answer[] last = new Answer[1];
    await()
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(200))
        .ignoreException(UncheckedIOException.class)
        .until(() -> {
          last[0] = call("POST", "/v1/videos", JSON.writeValueAsString(request), idempotencyKey);
          return last[0].status() == 200;
        });
    return last[0].text("id");
  }

  /** Posts again until the answer is 200 or 201, as a client with retries does. */
  Answer postWithRetries(String path, Map<String, ?> body, String idempotencyKey, Duration atMost) {
    Answer[] last = new Answer[1];
    await()
        .atMost(atMost)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(200))
        .ignoreException(UncheckedIOException.class)
        .until(() -> {
          last[0] = call("POST", path, JSON.writeValueAsString(body), idempotencyKey);
          return last[0].status() / 100 == 2;
        });
    return last[0];
  }

  /** Erases a video that has ended; again until it is known to be gone. */
  void eraseWithRetries(String id, Duration atMost) {
    await()
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(200))
        .ignoreException(UncheckedIOException.class)
        .until(() -> Set.of(200, 404).contains(call("DELETE", "/v1/videos/" + id, null).status()));
  }

  Answer video(String id) {
    return get("/v1/videos/" + id);
  }

  Answer generation(String id) {
    return get("/api/generations/" + id);
  }

  /** The video once it has the status; fails when it ends otherwise or the time has passed. */
  Answer awaitVideo(String id, String status, Duration atMost) {
    return awaitAnswer(
        "/v1/videos/" + id, a -> a.status() == 200 && a.text("status").equals(status), atMost);
  }

  Answer awaitAnswer(String path, Predicate<Answer> wanted, Duration atMost) {
    Answer[] last = new Answer[1];
    await()
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(100))
        .ignoreException(UncheckedIOException.class)
        .untilAsserted(() -> {
          last[0] = get(path);
          if (!wanted.test(last[0])) {
            throw new AssertionError(path + " is not there yet: " + last[0]);
          }
        });
    return last[0];
  }

  /** Writes a body to a file and returns the status. */
  int download(String path, Path to) {
    return send(request("GET", path, null), HttpResponse.BodyHandlers.ofFile(to)).statusCode();
  }

  /** Reads a body to its end without keeping it, and returns its length. */
  long drain(String path) {
    HttpResponse<java.io.InputStream> response =
        send(request("GET", path, null), HttpResponse.BodyHandlers.ofInputStream());
    try (var body = response.body()) {
      return response.statusCode() == 200
          ? body.transferTo(java.io.OutputStream.nullOutputStream())
          : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer call(String method, String path, @Nullable String body) {
    return call(method, path, body, null);
  }

  private Answer call(
      String method, String path, @Nullable String body, @Nullable String idempotencyKey) {
    HttpRequest.Builder request = request(method, path, body);
    if (idempotencyKey != null) {
      request.header("Idempotency-Key", idempotencyKey);
    }
    HttpResponse<String> response = send(request, HttpResponse.BodyHandlers.ofString());
    String text = response.body();
    boolean json = text.startsWith("{") || text.startsWith("[");
    return new Answer(
        response.statusCode(), json ? JSON.readTree(text) : JSON.getNodeFactory().stringNode(text));
  }

  private HttpRequest.Builder request(String method, String path, @Nullable String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(origin.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json");
    if (!traceParent.isEmpty()) {
      request.header("traceparent", traceParent);
    }
    return request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
    try {
      return http.send(request.build(), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
