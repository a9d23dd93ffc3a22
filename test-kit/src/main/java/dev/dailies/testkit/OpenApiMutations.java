package dev.dailies.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Spoils a request in one place, as clients and attackers do. */
final class OpenApiMutations {
  private static final String LONG = "x".repeat(5_000);

  private static final List<String> ODD_SEGMENTS =
      List.of(
          "%00",
          "%2F",
          "..%2F..%2Fetc",
          "%0d%0aX-Evil:%201",
          "a".repeat(3_000),
          "%F0%9F%92%A9",
          "%C3%28",
          "null",
          ";a=b",
          "%7B%7D",
          "%25",
          "%20",
          "-1",
          "%E2%80%AE");

  private static final List<String> ODD_TEXTS =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "1",
          "200",
          "201",
          "2147483648",
          "99999999999999999999",
          "1.5",
          "null",
          "true",
          "\u0000",
          "a\r\nX-Evil: 1",
          LONG,
          "\ud83d\udca9\u202e",
          "../../etc/passwd",
          "2026-13-45T99:99:99Z",
          "+999999999-12-31T23:59:59Z",
          "%",
          "'; drop table x; --");

  private static final List<String> ODD_JSON =
      List.of(
          "null",
          "true",
          "-1",
          "0",
          "1",
          "1.5",
          "1e308",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775809",
          "\"\"",
          "\" \"",
          "\"\\u0000\"",
          "\"\\ud83d\\udca9\\u202e\"",
          "\"\\r\\nX-Evil: 1\"",
          "[]",
          "{}",
          "[null]",
          "[[[[]]]]",
          "{\"a\": {\"b\": [1]}}",
          "\"2026-13-45T99:99:99Z\"",
          "\"+999999999-12-31T23:59:59Z\"",
          "\"../../etc/passwd\"",
          "\"" + LONG + "\"");

  private static final List<String> ODD_BODIES =
      List.of(
          "",
          "null",
          "[]",
          "{}",
          "\"x\"",
          "{",
          "{\"a\":\"\\ud800\"}",
          "{\"a\":1,\"a\":2}",
          "\uFEFF{}",
          "[".repeat(5_000),
          "{\"a\":".repeat(2_000),
          "NaN",
          "{} {}",
          "\u0000");

  private static final List<String> ODD_TYPES =
      List.of(
          "text/plain",
          "application/xml",
          "application/json; charset=utf-16",
          "garbage",
          "application/json; charset=klingon",
          "multipart/form-data",
          "application/x-www-form-urlencoded",
          "application/*",
          "*/*");

  private static final List<String> ODD_ACCEPTS =
      List.of("application/xml", "text/event-stream", "garbage", "image/png", "*/*;q=0", "text/*");

  private static final List<String> ODD_KEYS =
      List.of("Bearer nobody", "Basic b3duZXI6", "Bearer ", "Bearer a.b.c");

  private final Random random;

  OpenApiMutations(Random random) {
    this.random = random;
  }

  OpenApiCall spoil(OpenApiCall call) {
    List<Integer> possible = new ArrayList<>(List.of(0, 1, 7));
    if (!call.segments().isEmpty()) {
      possible.add(2);
    }
    if (call.operation().parameters().stream().anyMatch(p -> !in(p, "path"))) {
      possible.addAll(List.of(3, 3));
    }
    if (call.operation().node().has("requestBody")) {
      possible.addAll(List.of(4, 4, 4, 5, 6));
    }
    return switch (pick(possible)) {
      case 0 -> call.with("Authorization", pick(ODD_KEYS));
      case 1 -> call.with("Accept", pick(ODD_ACCEPTS));
      case 2 -> call.withSegment(pick(List.copyOf(call.segments().keySet())), pick(ODD_SEGMENTS));
      case 3 -> parameter(call);
      case 4 -> call.json().map(json -> call.with(changed(json))).orElseGet(() -> body(call));
      case 5 -> body(call);
      case 7 -> unknownParameter(call);
      default -> call.with("Content-Type", pick(ODD_TYPES));
    };
  }

  private static boolean in(JsonNode parameter, String place) {
    return parameter.path("in").asString().equals(place);
  }

  private OpenApiCall parameter(OpenApiCall call) {
    JsonNode parameter =
        pick(call.operation().parameters().stream().filter(p -> !in(p, "path")).toList());
    String name = parameter.path("name").asString();
    if (in(parameter, "header")) {
      return call.with(name, pick(List.of("", "0", "-1", "garbage", "\"x\"", "x".repeat(2_000))));
    }
    List<Map.Entry<String, String>> query = new ArrayList<>(call.query());
    if (random.nextInt(4) > 0) {
      query.removeIf(entry -> entry.getKey().equals(name));
    }
    if (random.nextInt(5) > 0) {
      query.add(Map.entry(name, pick(ODD_TEXTS)));
    }
    return call.withQuery(query);
  }

  private OpenApiCall unknownParameter(OpenApiCall call) {
    List<Map.Entry<String, String>> query = new ArrayList<>(call.query());
    query.add(Map.entry(pick(List.of("", "unknown", "\u0000", "a[b]", LONG)), pick(ODD_TEXTS)));
    return call.withQuery(query);
  }

  private OpenApiCall body(OpenApiCall call) {
    byte[] bytes = call.body();
    return switch (random.nextInt(4)) {
      case 0 -> call.with(java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
      case 1 -> {
        byte[] broken = bytes.clone();
        for (int i = 0; i < 3 && broken.length > 0; i++) {
          broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
        }
        yield call.with(broken);
      }
      default -> call.with(pick(ODD_BODIES).getBytes(StandardCharsets.UTF_8));
    };
  }

  private JsonNode changed(JsonNode json) {
    JsonNode copy = json.deepCopy();
    List<JsonNode> holders = new ArrayList<>();
    collect(copy, holders);
    JsonNode holder = pick(holders);
    JsonNode odd = OpenApiFile.JSON.readTree(pick(ODD_JSON));
    if (holder instanceof ObjectNode object) {
      List<String> names = List.copyOf(object.propertyNames());
      int choice = names.isEmpty() ? 0 : random.nextInt(6);
      switch (choice) {
        case 0 -> object.set(pick(List.of("extra", "", "__proto__", "Ünï", LONG)), odd);
        case 1 -> object.remove(pick(names));
        default -> object.set(pick(names), odd);
      }
    } else if (holder instanceof ArrayNode array) {
      array.add(odd);
    } else {
      return odd;
    }
    return copy;
  }

  private static void collect(JsonNode node, List<JsonNode> holders) {
    if (holders.isEmpty() || node.isContainer()) {
      holders.add(node);
    }
    node.forEach(child -> collect(child, holders));
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
