package dev.dailies.review.moderation;

import dev.dailies.review.board.Wording;
import dev.dailies.review.moderation.Signal.Medium;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks a server that speaks OpenAI's {@code POST /v1/moderations}: the text with the first picture,
 * then the other pictures one by one, since the server takes one picture per request.
 *
 * <p>Sources: openai-node {@code resources/moderations.ts}; the limit of one picture: {@code
 * too_many_images}, antiwork/gumroad#4709.
 */
final class HttpOpenAiModerations implements ModerationProvider {
  static final String NAME = "openai-moderations";

  /** Raised beside the categories whenever the server itself would have refused. */
  static final String FLAGGED = "flagged";

  private static final double NOISE = 0.01;
  private static final int LONGEST_TEXT = 32_000;

  private final HttpClient client;
  private final URI endpoint;
  private final String key;
  private final String model;
  private final Duration timeout;
  private final JsonMapper json;

  HttpOpenAiModerations(
      HttpClient client, URI base, String key, String model, Duration timeout, JsonMapper json) {
    this.client = client;
    this.endpoint = URI.create(base.toString().replaceAll("/+$", "") + "/v1/moderations");
    this.key = key;
    this.model = model;
    this.timeout = timeout;
    this.json = json;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Judgement judge(Evidence evidence) {
    List<Signal> signals = new ArrayList<>();
    for (List<Map<String, Object>> input : inputs(evidence)) {
      switch (ask(input)) {
        case Judgement.Unavailable unavailable -> {
          return unavailable;
        }
        case Judgement.Assessed assessed -> signals.addAll(assessed.signals());
      }
    }
    return new Judgement.Assessed(strongest(signals));
  }

  private static List<List<Map<String, Object>>> inputs(Evidence evidence) {
    List<Map<String, Object>> pictures =
        evidence.frames().stream().map(HttpOpenAiModerations::picture).toList();
    List<Map<String, Object>> texts =
        evidence.wording().map(HttpOpenAiModerations::texts).orElse(List.of());
    List<List<Map<String, Object>>> inputs = new ArrayList<>();
    List<Map<String, Object>> first =
        Stream.concat(texts.stream().limit(1), pictures.stream().limit(1)).toList();
    if (!first.isEmpty()) {
      inputs.add(first);
    }
    texts.stream().skip(1).map(List::of).forEach(inputs::add);
    pictures.stream().skip(1).map(List::of).forEach(inputs::add);
    return inputs;
  }

  /** All of the text, in pieces that the server takes: what is cut off would be cleared unread. */
  private static List<Map<String, Object>> texts(Wording wording) {
    String all =
        Stream.of(
                Stream.of(wording.prompt()),
                wording.beats().stream(),
                wording.dialogue().stream(),
                wording.sound().stream(),
                wording.purpose().stream())
            .flatMap(s -> s)
            .collect(Collectors.joining("\n"));
    List<Map<String, Object>> pieces = new ArrayList<>();
    int from = 0;
    do {
      int to = Math.min(all.length(), from + LONGEST_TEXT);
      if (to < all.length() && Character.isHighSurrogate(all.charAt(to - 1))) {
        to--;
      }
      pieces.add(Map.of("type", "text", "text", all.substring(from, to)));
      from = to;
    } while (from < all.length());
    return pieces;
  }

  private static Map<String, Object> picture(Frame frame) {
    String url = "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(frame.jpeg());
    return Map.of("type", "image_url", "image_url", Map.of("url", url));
  }

  private Judgement ask(List<Map<String, Object>> input) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .timeout(timeout)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    json.writeValueAsString(Map.of("model", model, "input", input))))
            .build();
    // The request's own timeout ends with the headers; this one holds for the body too.
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    try {
      HttpResponse<String> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return response.statusCode() == 200
          ? read(response.body())
          : new Judgement.Unavailable("HTTP " + response.statusCode(), retryAfter(response));
    } catch (ExecutionException e) {
      return new Judgement.Unavailable(String.valueOf(e.getCause()), Optional.empty());
    } catch (TimeoutException e) {
      answer.cancel(true);
      return new Judgement.Unavailable("no answer within " + timeout, Optional.empty());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return new Judgement.Unavailable("interrupted", Optional.empty());
    }
  }

  private static Optional<Duration> retryAfter(HttpResponse<String> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,6}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)));
  }

  private Judgement read(String body) {
    try {
      JsonNode results = json.readTree(body).path("results");
      if (!results.isArray() || results.isEmpty()) {
        return new Judgement.Unavailable("an answer without results", Optional.empty());
      }
      List<Signal> signals = new ArrayList<>();
      for (JsonNode result : results) {
        JsonNode scores = result.path("category_scores");
        if (!scores.isObject()
            || !scores.valueStream().allMatch(JsonNode::isNumber)
            || !result.path("flagged").isBoolean()) {
          return new Judgement.Unavailable("a result without scores", Optional.empty());
        }
        scores
            .properties()
            .forEach(score ->
                signal(score.getKey(), score.getValue().asDouble(0), result)
                    .ifPresent(signals::add));
        if (result.path("flagged").asBoolean()) {
          signals.add(Signal.of(NAME, FLAGGED, Medium.FRAME));
        }
      }
      return new Judgement.Assessed(signals);
    } catch (JacksonException e) {
      return new Judgement.Unavailable("an answer that is no JSON", Optional.empty());
    }
  }

  private static Optional<Signal> signal(String category, double score, JsonNode result) {
    if (!(score >= NOISE)) {
      return Optional.empty();
    }
    boolean seen =
        result
            .path("category_applied_input_types")
            .path(category)
            .valueStream()
            .anyMatch(type -> type.asString("").equals("image"));
    return Optional.of(
        Signal.scored(NAME, category, seen ? Medium.FRAME : Medium.TEXT, Math.min(1, score)));
  }

  private static List<Signal> strongest(List<Signal> signals) {
    return List.copyOf(
        signals.stream()
            .collect(
                Collectors.toMap(
                    Signal::category,
                    s -> s,
                    (a, b) -> a.certainty() >= b.certainty() ? a : b,
                    java.util.LinkedHashMap::new))
            .values());
  }
}
