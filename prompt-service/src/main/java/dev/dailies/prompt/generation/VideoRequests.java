package dev.dailies.prompt.generation;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.event.AudioMode;
import dev.dailies.contracts.event.PriorityClass;
import dev.dailies.edge.RefusalException;
import dev.dailies.prompt.library.Fields;
import dev.dailies.prompt.library.Wish;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a request from JSON or from the fields of a form. Numbers may be written as texts, objects
 * of a form as bracket names ({@code metadata[team]}) or as JSON. Fields we do not know are passed
 * over: clients send each vendor's extras.
 */
final class VideoRequests {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern BRACKET = Pattern.compile("([^\\[\\]]+)\\[([^\\[\\]]+)]");
  private static final int MOST_METADATA = 16;
  private static final int LONGEST_METADATA_NAME = 64;
  private static final int LONGEST_METADATA_VALUE = 512;

  /** PostgreSQL knows no time after the year 294276. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private VideoRequests() {}

  /** Says what can't be read; carries a {@link Refusal} to the controller. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    Unreadable(ErrorCode code, String param, String message) {
      super(message);
      this.refusal = new Refusal("readable", code, message, param);
    }

    Refusal refusal() {
      return refusal;
    }
  }

  /** Reads a JSON body. */
  static VideoRequest json(byte[] body) throws Unreadable {
    JsonNode root;
    try {
      root = JSON.readTree(body);
    } catch (JacksonException e) {
      throw new Unreadable(
          ErrorCode.INVALID_BODY, "body", "The body is not JSON: " + e.getOriginalMessage());
    }
    if (!root.isObject()) {
      throw new Unreadable(ErrorCode.INVALID_BODY, "body", "The body must be a JSON object.");
    }
    return read(root);
  }

  /** Reads the fields of a form. */
  static VideoRequest form(Map<String, List<String>> fields) throws Unreadable {
    ObjectNode root = JSON.createObjectNode();
    for (Map.Entry<String, List<String>> field : fields.entrySet()) {
      if (field.getValue().size() != 1) {
        throw wrong(field.getKey(), "was sent " + field.getValue().size() + " times");
      }
      String value = field.getValue().getFirst();
      Matcher bracket = BRACKET.matcher(field.getKey());
      if (bracket.matches()) {
        if (root.get(bracket.group(1)) instanceof ObjectNode inner) {
          inner.put(bracket.group(2), value);
        } else {
          root.putObject(bracket.group(1)).put(bracket.group(2), value);
        }
      } else {
        root.put(field.getKey(), value);
      }
    }
    return read(root);
  }

  /** Reads what was parsed already. */
  static VideoRequest read(JsonNode root) throws Unreadable {
    if (text(root, "prompt").isEmpty()) {
      throw new Unreadable(ErrorCode.INVALID_REQUEST, "prompt", "A prompt is needed.");
    }
    if (present(root, "input_reference").isPresent()) {
      throw wrong("input_reference", "can't be used here yet; send a prompt alone");
    }
    return new VideoRequest(
        text(root, "prompt").get(),
        text(root, "model"),
        text(root, "size"),
        number(root, "seconds"),
        seed(root),
        text(root, "negative_prompt"),
        audio(root),
        priority(root),
        time(root, "not_before"),
        metadata(root),
        wish(root));
  }

  private static Wish wish(JsonNode root) throws Unreadable {
    try {
      return Fields.of(root).wish();
    } catch (RefusalException e) {
      throw new Unreadable(e.code(), e.param().orElse("body"), e.reason());
    }
  }

  private static Optional<JsonNode> present(JsonNode root, String name) {
    return Optional.ofNullable(root.get(name)).filter(node -> !node.isNull());
  }

  private static Optional<String> text(JsonNode root, String name) throws Unreadable {
    Optional<JsonNode> node = present(root, name);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (!node.get().isString()) {
      throw wrong(name, "must be a string");
    }
    return Optional.of(storable(name, node.get().stringValue()));
  }

  /** PostgreSQL keeps no NUL, and half a surrogate pair is no character. */
  private static String storable(String name, String text) throws Unreadable {
    boolean broken =
        text.indexOf(0) >= 0
            || text.codePoints()
                .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    if (broken) {
      throw wrong(name, "holds a NUL or half a surrogate pair");
    }
    return text;
  }

  private static Optional<String> number(JsonNode root, String name) throws Unreadable {
    Optional<JsonNode> node = present(root, name);
    if (node.isPresent() && !node.get().isString() && !node.get().isNumber()) {
      throw wrong(name, "must be a number, or a string that holds one");
    }
    return node.map(JsonNode::asString).map(String::strip);
  }

  private static Optional<Long> seed(JsonNode root) throws Unreadable {
    Optional<String> seed = number(root, "seed");
    try {
      return seed.map(Long::valueOf);
    } catch (NumberFormatException e) {
      throw wrong("seed", "must be a whole number of at most 64 bits");
    }
  }

  private static AudioMode audio(JsonNode root) throws Unreadable {
    Optional<JsonNode> node = present(root, "audio");
    if (node.isEmpty()) {
      return AudioMode.MODEL_DEFAULT;
    }
    if (node.get().isBoolean()) {
      return AcceptRules.audio(node.get().booleanValue());
    }
    return switch (node.get().isString() ? node.get().stringValue() : "") {
      case "true" -> AcceptRules.audio(true);
      case "false" -> AcceptRules.audio(false);
      case "default" -> AudioMode.MODEL_DEFAULT;
      case "none" -> AudioMode.NONE;
      case "ambience" -> AudioMode.AMBIENCE;
      case "full" -> AudioMode.FULL;
      default -> throw wrong("audio", "must be true, false, default, none, ambience or full");
    };
  }

  private static PriorityClass priority(JsonNode root) throws Unreadable {
    return switch (text(root, "priority").orElse("standard").toLowerCase(Locale.ROOT)) {
      case "interactive" -> PriorityClass.INTERACTIVE;
      case "standard" -> PriorityClass.STANDARD;
      case "bulk" -> PriorityClass.BULK;
      default -> throw wrong("priority", "must be interactive, standard or bulk");
    };
  }

  private static Optional<Instant> time(JsonNode root, String name) throws Unreadable {
    Optional<String> written = number(root, name);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    try {
      Instant time =
          written.get().matches("[0-9]{1,11}")
              ? Instant.ofEpochSecond(Long.parseLong(written.get()))
              : OffsetDateTime.parse(written.get()).toInstant();
      if (time.isAfter(LATEST)) {
        throw wrong(name, "is too far away");
      }
      return Optional.of(Instant.ofEpochMilli(time.toEpochMilli()));
    } catch (DateTimeException | ArithmeticException e) {
      throw wrong(name, "must be seconds since 1970, or a time like 2026-11-01T08:00:00Z");
    }
  }

  private static Map<String, String> metadata(JsonNode root) throws Unreadable {
    Optional<JsonNode> node = present(root, "metadata");
    if (node.isEmpty()) {
      return Map.of();
    }
    JsonNode object = node.get().isString() ? parsed(node.get().stringValue()) : node.get();
    if (!object.isObject() || object.size() > MOST_METADATA) {
      throw wrong("metadata", "must be an object of at most " + MOST_METADATA + " names");
    }
    Map<String, String> metadata = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String name = storable("metadata", entry.getKey());
      if (!entry.getValue().isString()
          || name.length() > LONGEST_METADATA_NAME
          || entry.getValue().stringValue().length() > LONGEST_METADATA_VALUE) {
        throw wrong(
            "metadata",
            "must hold names of up to %d characters with strings of up to %d"
                .formatted(LONGEST_METADATA_NAME, LONGEST_METADATA_VALUE));
      }
      metadata.put(name, storable("metadata", entry.getValue().stringValue()));
    }
    return metadata;
  }

  private static JsonNode parsed(String text) throws Unreadable {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      throw wrong("metadata", "must be a JSON object");
    }
  }

  private static Unreadable wrong(String param, String why) {
    return new Unreadable(ErrorCode.INVALID_REQUEST, param, param + " " + why + ".");
  }
}
