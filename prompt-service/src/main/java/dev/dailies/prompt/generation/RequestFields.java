package dev.dailies.prompt.generation;

import static dev.dailies.prompt.generation.Unreadable.field;

import dev.dailies.contracts.ErrorCode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fields of a JSON object, each read as what it must be. Numbers may be written as texts, and
 * objects and lists as texts that hold JSON: a form has nothing else.
 *
 * @param path what stands before a field's name in a refusal
 */
record RequestFields(JsonNode root, String path) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** PostgreSQL knows no time after the year 294276. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  static RequestFields of(JsonNode root) {
    return new RequestFields(root, "");
  }

  /** Refuses names that nobody reads: a typing error must not pass for a wish that was heard. */
  void requireOnly(Set<String> known) throws Unreadable {
    for (String name : root.propertyNames()) {
      if (!known.contains(name)) {
        throw field(shown(path + name), "is not known here");
      }
    }
  }

  private static String shown(String name) {
    return name.length() <= 64 ? name : name.substring(0, 61) + "...";
  }

  Optional<JsonNode> present(String name) {
    return Optional.ofNullable(root.get(name)).filter(node -> !node.isNull());
  }

  Optional<String> text(String name) throws Unreadable {
    Optional<JsonNode> node = present(name);
    if (node.isEmpty()) {
      return Optional.empty();
    }
    if (!node.get().isString()) {
      throw field(path + name, "must be a string");
    }
    return Optional.of(storable(path + name, node.get().stringValue()));
  }

  /** A text of at most so many characters; a blank one counts as none. */
  Optional<String> text(String name, int most) throws Unreadable {
    Optional<String> text = text(name).filter(given -> !given.isBlank());
    if (text.isPresent() && text.get().codePointCount(0, text.get().length()) > most) {
      throw field(path + name, "holds more than " + most + " characters");
    }
    return text;
  }

  String required(String name, int most) throws Unreadable {
    return text(name, most).orElseThrow(() -> field(path + name, "is needed"));
  }

  /** PostgreSQL keeps no NUL, and half a surrogate pair is no character. */
  static String storable(String name, String text) throws Unreadable {
    boolean broken =
        text.indexOf(0) >= 0
            || text.codePoints()
                .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    if (broken) {
      throw field(name, "holds a NUL or half a surrogate pair");
    }
    return text;
  }

  /** A number as it was written. */
  Optional<String> number(String name) throws Unreadable {
    Optional<JsonNode> node = present(name);
    if (node.isPresent() && !node.get().isString() && !node.get().isNumber()) {
      throw field(path + name, "must be a number, or a string that holds one");
    }
    Optional<String> written = node.map(JsonNode::asString).map(String::strip);
    if (written.isPresent() && written.get().length() > 64) {
      throw field(path + name, "is no number that can be meant");
    }
    return written;
  }

  Optional<Long> whole(String name) throws Unreadable {
    Optional<String> written = number(name);
    try {
      return written.map(Long::valueOf);
    } catch (NumberFormatException e) {
      throw field(path + name, "must be a whole number of at most 64 bits");
    }
  }

  Optional<Integer> whole(String name, int least, int most) throws Unreadable {
    Optional<Long> number = whole(name);
    if (number.isPresent() && (number.get() < least || number.get() > most)) {
      throw field(path + name, "must lie between " + least + " and " + most);
    }
    return number.map(Long::intValue);
  }

  /** A number of seconds in milliseconds. */
  Optional<Long> millis(String name) throws Unreadable {
    Optional<BigDecimal> seconds = decimal(name);
    if (seconds.isPresent()
        && (seconds.get().signum() < 0 || seconds.get().compareTo(BigDecimal.valueOf(3600)) > 0)) {
      throw field(path + name, "must lie between 0 and 3600 seconds");
    }
    return seconds.map(value -> value.movePointRight(3).longValue());
  }

  Optional<BigDecimal> decimal(String name) throws Unreadable {
    Optional<String> written = number(name);
    if (written.isPresent() && !written.get().matches("[0-9]{1,9}([.][0-9]{1,9})?")) {
      throw field(path + name, "must be a plain number");
    }
    return written.map(BigDecimal::new);
  }

  Optional<Instant> time(String name) throws Unreadable {
    Optional<String> written = number(name);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    try {
      Instant time =
          written.get().matches("[0-9]{1,11}")
              ? Instant.ofEpochSecond(Long.parseLong(written.get()))
              : OffsetDateTime.parse(written.get()).toInstant();
      if (time.isAfter(LATEST)) {
        throw field(path + name, "is too far away");
      }
      return Optional.of(Instant.ofEpochMilli(time.toEpochMilli()));
    } catch (DateTimeException | ArithmeticException e) {
      throw field(path + name, "must be seconds since 1970, or a time like 2026-11-01T08:00:00Z");
    }
  }

  /** One of these words, in any case; {@code except} names those of the type that are no choice. */
  <E extends Enum<E>> Optional<E> word(String name, Class<E> type, Set<E> except)
      throws Unreadable {
    Optional<String> given = text(name);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    List<String> choices = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      if (!except.contains(constant)) {
        if (constant.name().equalsIgnoreCase(given.get())) {
          return Optional.of(constant);
        }
        choices.add(constant.name().toLowerCase(Locale.ROOT));
      }
    }
    throw field(path + name, "must be one of " + String.join(", ", choices));
  }

  /** A short name of lower-case letters, digits, '_' and '-'. */
  Optional<String> name(String name) throws Unreadable {
    Optional<String> text = text(name);
    if (text.isPresent() && !text.get().matches("[a-z][a-z0-9_-]{0,39}")) {
      throw field(path + name, "must be a name of 1 to 40 of a-z, 0-9, '_' and '-'");
    }
    return text;
  }

  /** An id; a malformed one is told apart from an unknown one by nobody. */
  <T> Optional<T> id(String name, Function<String, T> type) throws Unreadable {
    Optional<String> text = text(name);
    try {
      return text.map(type);
    } catch (IllegalArgumentException notAnId) {
      throw new Unreadable(ErrorCode.NOT_FOUND, path + name, "There is no such " + name + ".");
    }
  }

  /** An object, as such or as a text that holds one. */
  Optional<RequestFields> object(String name) throws Unreadable {
    Optional<JsonNode> node = structure(name);
    if (node.isPresent() && !node.get().isObject()) {
      throw field(path + name, "must be a JSON object");
    }
    return node.map(object -> new RequestFields(object, path + name + "."));
  }

  /** A list of objects of at most so many, as such or as a text that holds one. */
  List<RequestFields> objects(String name, int most) throws Unreadable {
    Optional<JsonNode> node = structure(name);
    if (node.isEmpty()) {
      return List.of();
    }
    if (!node.get().isArray() || node.get().size() > most) {
      throw field(path + name, "must be a list of at most " + most);
    }
    List<RequestFields> fields = new ArrayList<>();
    for (int i = 0; i < node.get().size(); i++) {
      String place = path + name + "[" + i + "]";
      if (!node.get().get(i).isObject()) {
        throw field(place, "must be a JSON object");
      }
      fields.add(new RequestFields(node.get().get(i), place + "."));
    }
    return fields;
  }

  private Optional<JsonNode> structure(String name) throws Unreadable {
    Optional<JsonNode> node = present(name);
    if (node.isEmpty() || !node.get().isString()) {
      return node;
    }
    try {
      return Optional.of(JSON.readTree(node.get().stringValue()));
    } catch (JacksonException e) {
      throw field(path + name, "must hold JSON");
    }
  }

  /** Names with texts. */
  Map<String, String> texts(String name, int most, int longestName, int longestValue)
      throws Unreadable {
    Optional<RequestFields> object = object(name);
    if (object.isEmpty()) {
      return Map.of();
    }
    if (object.get().root().size() > most) {
      throw field(path + name, "must be an object of at most " + most + " names");
    }
    Map<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : object.get().root().properties()) {
      String key = storable(path + name, entry.getKey());
      if (!entry.getValue().isString()
          || key.length() > longestName
          || entry.getValue().stringValue().length() > longestValue) {
        throw field(
            path + name,
            "must hold names of up to %d characters with strings of up to %d"
                .formatted(longestName, longestValue));
      }
      texts.put(key, storable(path + name, entry.getValue().stringValue()));
    }
    return texts;
  }
}
