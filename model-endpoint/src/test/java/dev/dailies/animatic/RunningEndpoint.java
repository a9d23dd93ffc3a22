package dev.dailies.animatic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dailies.animatic.jobs.SweepJobs;
import dev.dailies.media.Ffprobe;
import dev.dailies.media.MediaProbe;
import dev.dailies.media.ProbeOutcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real endpoint on a free port over a folder, and a client of it. */
final class RunningEndpoint implements AutoCloseable {
  static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient client = HttpClient.newHttpClient();
  private final ConfigurableApplicationContext context;
  private final URI origin;

  private RunningEndpoint(ConfigurableApplicationContext context, int port) {
    this.context = context;
    this.origin = URI.create("http://127.0.0.1:" + port);
  }

  /** Starts it; settings are {@code name=value} below {@code dailies.animatic}. */
  static RunningEndpoint over(Path data, String... settings) {
    SpringApplication application = new SpringApplication(AnimaticApplication.class);
    List<String> arguments = new ArrayList<>();
    arguments.add("--server.port=0");
    arguments.add("--dailies.animatic.data=" + data);
    for (String setting : settings) {
      arguments.add("--dailies.animatic." + setting);
    }
    ConfigurableApplicationContext context = application.run(arguments.toArray(String[]::new));
    int port = Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    return new RunningEndpoint(context, port);
  }

  /** A one-second clip of the smallest kind. */
  static Map<String, Object> small(String prompt) {
    return Map.of("prompt", prompt, "seconds", "1", "size", "160x90", "seed", 7);
  }

  HttpResponse<String> post(Map<String, Object> fields) throws Exception {
    return client.send(create(fields), BodyHandlers.ofString());
  }

  HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }

  HttpRequest create(Map<String, Object> fields) {
    return request("/v1/videos")
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(JSON.writeValueAsString(fields)))
        .build();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(origin.resolve(path)).timeout(Duration.ofSeconds(30));
  }

  /** Creates a video and answers its id. */
  String accepted(Map<String, Object> fields) throws Exception {
    HttpResponse<String> answer = post(fields);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).path("id").asString();
  }

  HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  HttpResponse<byte[]> bytes(String path, String... headers) throws Exception {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  HttpResponse<String> delete(String id) throws Exception {
    return client.send(request("/v1/videos/" + id).DELETE().build(), BodyHandlers.ofString());
  }

  /** Waits for a video's end, whichever it is. */
  JsonNode ended(String id) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> json("/v1/videos/" + id),
            video -> !List.of("queued", "in_progress").contains(video.path("status").asString()));
  }

  JsonNode completed(String id) {
    JsonNode video = ended(id);
    assertThat(video.path("status").asString()).as(video.toString()).isEqualTo("completed");
    return video;
  }

  /** Downloads a finished video. */
  Path download(String id, Path folder) throws Exception {
    HttpResponse<byte[]> content = bytes("/v1/videos/" + id + "/content");
    assertThat(content.statusCode()).isEqualTo(200);
    return Files.write(folder.resolve(id + ".mp4"), content.body());
  }

  MediaProbe probed(String id, Path folder) throws Exception {
    return probed(download(id, folder));
  }

  static MediaProbe probed(Path file) throws IOException, InterruptedException {
    ProbeOutcome outcome = Ffprobe.probeCounting(file);
    assertThat(outcome).isInstanceOf(ProbeOutcome.Probed.class);
    return ((ProbeOutcome.Probed) outcome).probe();
  }

  /** The journal's lines of one kind about one client reference. */
  List<JsonNode> journal(String type, String reference) throws Exception {
    List<JsonNode> lines = new ArrayList<>();
    json("/journal?type=" + type + "&client_reference=" + reference)
        .path("data")
        .forEach(lines::add);
    return lines;
  }

  /** Sweeps now instead of in a minute. */
  void sweep() {
    context.getBean(SweepJobs.class).sweep();
  }

  @Override
  public void close() {
    context.close();
    client.close();
  }
}
