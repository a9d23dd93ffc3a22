package dev.dailies.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client as anybody would write one: asks for a video, polls, reads the file. */
final class HttpFirstVideo {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int OK = 200;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI origin;
  private final String seconds;
  private final String size;

  private HttpFirstVideo(URI origin, String seconds, String size) {
    this.origin = origin;
    this.seconds = seconds;
    this.size = size;
  }

  /** Four seconds at 1280×720, as the README's first command asks for. */
  static HttpFirstVideo asInReadme(URI origin) {
    return new HttpFirstVideo(origin, "4", "1280x720");
  }

  /** The least that goes through every step. */
  static HttpFirstVideo smallest(URI origin) {
    return new HttpFirstVideo(origin, "1", "160x90");
  }

  /**
   * Returns the size of the file in bytes once it has been read whole.
   *
   * @throws LaunchFailure if the video is not there in time, or fails
   */
  long await(Duration limit) {
    Instant deadline = Instant.now().plus(limit);
    try {
      JsonNode video =
          json(
              HttpRequest.newBuilder(origin.resolve("/v1/videos"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body())));
      String id = video.path("id").asString();
      while (!video.path("status").asString().equals("completed")) {
        if (video.path("status").asString().equals("failed") || Instant.now().isAfter(deadline)) {
          throw new LaunchFailure("no video within %d s: %s".formatted(limit.toSeconds(), video));
        }
        LockSupport.parkNanos(POLL.toNanos());
        video = json(HttpRequest.newBuilder(origin.resolve("/v1/videos/" + id)));
      }
      HttpResponse<byte[]> content =
          send(
              HttpRequest.newBuilder(origin.resolve("/v1/videos/" + id + "/content")),
              HttpResponse.BodyHandlers.ofByteArray());
      return content.body().length;
    } catch (IOException e) {
      throw new LaunchFailure("no video: " + e, e);
    }
  }

  private String body() {
    return JSON.writeValueAsString(
        JSON.createObjectNode()
            .put("model", "animatic-1")
            .put("prompt", "a paper boat sails into the morning")
            .put("seconds", seconds)
            .put("size", size));
  }

  private JsonNode json(HttpRequest.Builder request) throws IOException {
    return JSON.readTree(send(request, HttpResponse.BodyHandlers.ofString()).body());
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler)
      throws IOException {
    HttpRequest ready =
        request.header("Authorization", "Bearer dailies-local").timeout(PATIENCE).build();
    try {
      HttpResponse<T> response = client.send(ready, handler);
      if (response.statusCode() != OK) {
        throw new IOException(
            "%s %s answered %d".formatted(ready.method(), ready.uri(), response.statusCode()));
      }
      return response;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
