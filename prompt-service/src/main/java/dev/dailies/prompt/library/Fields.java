package dev.dailies.prompt.library;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.edge.RefusalException;
import dev.dailies.edge.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fields of a small JSON object, each checked as it is read; what can't be read is refused with
 * its name. Titles are free text. Rows and dimensions are codes: they stand in logs, which are for
 * ever.
 */
public final class Fields {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final int LARGEST_BODY = 64 * 1024;
  private static final int LONGEST_TITLE = 200;

  private final JsonNode root;

  private Fields(JsonNode root) {
    this.root = root;
  }

  /** Reads a body that may hold these fields and no others. */
  public static Fields read(InputStream body, Set<String> names) throws IOException {
    byte[] bytes = body.readNBytes(LARGEST_BODY + 1);
    if (bytes.length > LARGEST_BODY) {
      throw new RefusalException(
          ErrorCode.TOO_LARGE, "At most " + LARGEST_BODY + " bytes are taken here.");
    }
    if (!Utf8.isText(bytes, bytes.length)) {
      throw new RefusalException(ErrorCode.INVALID_BODY, "The body is not in UTF-8.");
    }
    JsonNode root;
    try {
      root = JSON.readTree(bytes);
    } catch (JacksonException e) {
      throw new RefusalException(
          ErrorCode.INVALID_BODY, "The body is not JSON: " + e.getOriginalMessage());
    }
    if (!root.isObject()) {
      throw new RefusalException(ErrorCode.INVALID_BODY, "The body must be a JSON object.");
    }
    for (String name : root.propertyNames()) {
      if (!names.contains(name)) {
        throw invalid("body", "A field is not known here; there are " + names + ".");
      }
    }
    return new Fields(root);
  }

  /** A text, without the white space around it. */
  public Optional<String> text(String name) {
    JsonNode node = root.get(name);
    if (node == null || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isString()) {
      throw invalid(name, name + " must be a string.");
    }
    return Optional.of(node.stringValue().strip());
  }

  /** A title: one line for people. */
  public Optional<String> title() {
    Optional<String> title = text("title");
    title.ifPresent(text -> {
      boolean odd = text.codePoints().anyMatch(Fields::isUnprintable);
      if (text.isEmpty() || text.codePointCount(0, text.length()) > LONGEST_TITLE || odd) {
        throw invalid("title", "A title is one line of 1 to " + LONGEST_TITLE + " characters.");
      }
    });
    return title;
  }

  private static boolean isUnprintable(int character) {
    return Character.isISOControl(character)
        || Character.getType(character) == Character.SURROGATE
        || Character.getType(character) == Character.LINE_SEPARATOR
        || Character.getType(character) == Character.PARAGRAPH_SEPARATOR;
  }

  /** A title that has to be there. */
  public String requiredTitle() {
    return title().orElseThrow(() -> invalid("title", "A title is needed."));
  }

  /** A code: letters, digits and a few signs. */
  public Optional<String> code(String name) {
    Optional<String> code = text(name);
    if (code.isPresent() && !Codes.isCode(code.get())) {
      throw invalid(name, name + " is " + Codes.RULE + ".");
    }
    return code;
  }

  /** The version that is to be changed. */
  public Optional<Long> version() {
    JsonNode node = root.get("version");
    if (node == null || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw invalid("version", "version is a whole number.");
    }
    return Optional.of(node.longValue());
  }

  /** What tells a shot from its neighbours; empty if nothing is said of it. */
  public Optional<Map<String, String>> dimensions() {
    JsonNode node = root.get("dimensions");
    if (node == null || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isObject()) {
      throw dimensionsRule();
    }
    Map<String, String> dimensions = new TreeMap<>();
    node.properties()
        .forEach(entry -> {
          String value = entry.getValue().isString() ? entry.getValue().stringValue() : "";
          dimensions.put(entry.getKey(), value);
        });
    if (!Codes.areDimensions(dimensions)) {
      throw dimensionsRule();
    }
    return Optional.of(dimensions);
  }

  private static RefusalException dimensionsRule() {
    return invalid(
        "dimensions",
        "dimensions is an object of at most "
            + Codes.MOST_DIMENSIONS
            + " "
            + Codes.DIMENSIONS_RULE
            + ".");
  }

  /** Says that a field can't be taken. */
  public static RefusalException invalid(String param, String message) {
    return new RefusalException(ErrorCode.INVALID_REQUEST, message).param(param);
  }
}
