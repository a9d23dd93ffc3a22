package dev.dailies.testkit;

import dev.dailies.testkit.OpenApiFile.Operation;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A request that an operation's examples describe.
 *
 * @param segments values of the path's variables, percent-encoded
 * @param query names and values, not encoded; a name may come twice
 * @param json the body as a tree, where it is one or a form; {@code body} follows from it
 */
record OpenApiCall(
    Operation operation,
    Map<String, String> segments,
    List<Map.Entry<String, String>> query,
    Map<String, String> headers,
    Optional<JsonNode> json,
    byte[] body) {
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_]+)}");
  private static final String BOUNDARY = "dailies-example";

  /** The smallest picture there is, for examples that need one. */
  private static final byte[] PICTURE =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
                  + "rkJggg==");

  /** A call for each example of each body; one for an operation without. */
  static List<OpenApiCall> examples(
      OpenApiFile file, Operation operation, UnaryOperator<String> known) {
    Map<String, String> segments = new LinkedHashMap<>();
    List<Map.Entry<String, String>> query = new ArrayList<>();
    Map<String, String> headers = new LinkedHashMap<>();
    for (JsonNode parameter : operation.parameters()) {
      String name = parameter.path("name").asString();
      String example = filled(parameter.path("example").asString(""), known);
      switch (parameter.path("in").asString()) {
        case "path" -> segments.put(name, encoded(known.apply(name)));
        case "query" -> {
          if (parameter.has("example")) {
            query.add(Map.entry(name, example));
          }
        }
        default -> {
          if (parameter.has("example")) {
            headers.put(name, example);
          }
        }
      }
    }
    OpenApiCall bare =
        new OpenApiCall(operation, segments, query, headers, Optional.empty(), new byte[0]);
    JsonNode content = file.resolved(operation.node().path("requestBody")).path("content");
    List<OpenApiCall> calls = new ArrayList<>();
    content.forEachEntry((type, media) ->
        media
            .path("examples")
            .forEach(
                example -> calls.add(bare.sending(type, filled(example.path("value"), known)))));
    return calls.isEmpty() ? List.of(bare) : calls;
  }

  private OpenApiCall sending(String type, JsonNode value) {
    if (type.equals("multipart/form-data")) {
      return with("Content-Type", type + "; boundary=" + BOUNDARY).with(value);
    }
    OpenApiCall typed = with("Content-Type", type);
    if (type.equals("image/png")) {
      return typed.with(PICTURE);
    }
    return value.isString()
        ? typed.with(value.asString().getBytes(StandardCharsets.UTF_8))
        : typed.with(value);
  }

  private static byte[] form(JsonNode fields) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    fields.forEachEntry((name, value) -> {
      boolean picture = value.asString("").equals("picture.png");
      body.writeBytes(
          ("--"
                  + BOUNDARY
                  + "\r\nContent-Disposition: form-data; name=\""
                  + name
                  + (picture ? "\"; filename=\"picture.png\"\r\nContent-Type: image/png" : "\"")
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.UTF_8));
      body.writeBytes(
          picture
              ? PICTURE
              : (value.isString() ? value.asString() : value.toString())
                  .getBytes(StandardCharsets.UTF_8));
      body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    });
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }

  OpenApiCall with(String header, String value) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.put(header, value);
    return new OpenApiCall(operation, segments, query, changed, json, body);
  }

  OpenApiCall with(JsonNode changed) {
    return new OpenApiCall(
        operation,
        segments,
        query,
        headers,
        Optional.of(changed),
        headers.getOrDefault("Content-Type", "").contains(BOUNDARY)
            ? form(changed)
            : changed.toString().getBytes(StandardCharsets.UTF_8));
  }

  OpenApiCall with(byte[] changed) {
    return new OpenApiCall(operation, segments, query, headers, Optional.empty(), changed);
  }

  OpenApiCall withSegment(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(segments);
    changed.put(name, value);
    return new OpenApiCall(operation, changed, query, headers, json, body);
  }

  OpenApiCall withQuery(List<Map.Entry<String, String>> changed) {
    return new OpenApiCall(operation, segments, changed, headers, json, body);
  }

  HttpRequest request(String address, String key) {
    String path =
        VARIABLE
            .matcher(operation.path())
            .replaceAll(found ->
                java.util.regex.Matcher.quoteReplacement(
                    String.valueOf(segments.get(found.group(1)))));
    String asked =
        query.stream()
            .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path + (asked.isEmpty() ? "" : "?" + asked)))
            .timeout(Duration.ofSeconds(20))
            .method(
                operation.method(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putIfAbsent("Authorization", "Bearer " + key);
    all.forEach(request::setHeader);
    return request.build();
  }

  /** For a message: short, but enough to send it again. */
  String described(HttpRequest request) {
    String text = new String(body, StandardCharsets.UTF_8);
    return "%s %s %s %s"
        .formatted(
            request.method(),
            request.uri(),
            headers,
            text.length() > 400 ? text.substring(0, 400) + "…" : text);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String filled(String text, UnaryOperator<String> known) {
    return VARIABLE
        .matcher(text)
        .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(known.apply(found.group(1))));
  }

  private static JsonNode filled(JsonNode node, UnaryOperator<String> known) {
    if (node.isString()) {
      return StringNode.valueOf(filled(node.asString(), known));
    }
    if (node.isObject()) {
      ObjectNode copy = OpenApiFile.JSON.createObjectNode();
      node.forEachEntry((name, value) -> copy.set(name, filled(value, known)));
      return copy;
    }
    if (node.isArray()) {
      var copy = OpenApiFile.JSON.createArrayNode();
      node.forEach(value -> copy.add(filled(value, known)));
      return copy;
    }
    return node;
  }
}
