package dev.dailies.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The model endpoint's own record of paid work, read from outside of Dailies. */
record EndpointJournal(URI origin) {
  private static final JsonMapper JSON = JsonMapper.shared();

  long paidSubmits(String clientReference) {
    return paidSubmits().getOrDefault(clientReference, 0L);
  }

  /** The W3C traceparent that came with the submit. */
  String traceParent(String clientReference) {
    return entries().stream()
        .filter(e -> e.path("client_reference").asString("").equals(clientReference))
        .map(e -> e.path("traceparent").asString(""))
        .findFirst()
        .orElse("");
  }

  /** Paid submits per client reference. */
  Map<String, Long> paidSubmits() {
    return entries().stream()
        .collect(
            Collectors.groupingBy(
                e -> e.path("client_reference").asString(""), Collectors.counting()));
  }

  private List<JsonNode> entries() {
    List<JsonNode> entries = new ArrayList<>();
    long after = 0;
    while (true) {
      JsonNode page = get("/journal?type=accepted&limit=1000&after=" + after);
      page.path("data").forEach(entries::add);
      if (!page.path("has_more").asBoolean(false)) {
        return entries;
      }
      after = page.path("next").asLong();
    }
  }

  private JsonNode get(String path) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return JSON.readTree(
          client
              .send(
                  HttpRequest.newBuilder(origin.resolve(path)).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
