package dev.dailies.prompt.feed;

import dev.dailies.prompt.Stage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;

/** A client of server-sent events, as a browser's is: it keeps the last id, and resumes by it. */
final class EventClient implements AutoCloseable {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  private final InputStream body;
  private final BufferedReader lines;
  private long lastId = -1;

  private EventClient(InputStream body) {
    this.body = body;
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** One event that was dispatched. */
  record Told(long id, String type, JsonNode data) {
    String generation() {
      return data.at("/generation").asString("");
    }
  }

  static EventClient open(Stage stage, String key, String path, OptionalLong lastEventId)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(stage.uri(path))
            .timeout(Duration.ofSeconds(10))
            .header("Authorization", "Bearer " + key)
            .header("Accept", "text/event-stream");
    lastEventId.ifPresent(id -> request.header("Last-Event-ID", String.valueOf(id)));
    HttpResponse<InputStream> response =
        HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      response.body().close();
      throw new IOException("answered " + response.statusCode());
    }
    return new EventClient(response.body());
  }

  /** The next event; empty when the stream has ended. */
  Optional<Told> next() throws IOException {
    String type = "message";
    StringBuilder data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("id: ")) {
        lastId = Long.parseLong(line.substring(4));
      } else if (line.startsWith("event: ")) {
        type = line.substring(7);
      } else if (line.startsWith("data: ")) {
        data.append(line.substring(6));
      } else if (line.isEmpty() && !data.isEmpty()) {
        return Optional.of(new Told(lastId, type, Stage.JSON.readTree(data.toString())));
      }
    }
    return Optional.empty();
  }

  /** Reads until the stream says where it stands. */
  EventClient opened() throws IOException {
    while (lastId < 0 && lines.readLine() instanceof String line) {
      if (line.startsWith("id: ")) {
        lastId = Long.parseLong(line.substring(4));
      }
    }
    return this;
  }

  long lastId() {
    return lastId;
  }

  /** Ends it, also while another thread reads. */
  @Override
  public void close() throws IOException {
    body.close();
  }
}
