package dev.dailies.prompt.access;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.edge.RefusalException;
import dev.dailies.edge.Role;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a request that changes who may do what. An unknown one is refused: {@code scope}
 * for {@code scopes} would otherwise make a key that nothing narrows.
 */
final class Fields {
  private static final int LONGEST_TEXT = 200;

  private final JsonNode body;

  private Fields(JsonNode body) {
    this.body = body;
  }

  static Fields of(JsonNode body, String... known) {
    if (!body.isObject()) {
      throw new RefusalException(ErrorCode.INVALID_BODY, "The body is a JSON object.");
    }
    Set<String> names = new LinkedHashSet<>(Arrays.asList(known));
    body.propertyNames().stream()
        .filter(name -> !names.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw new RefusalException(
              ErrorCode.INVALID_REQUEST, "There is no such field; there are " + names);
        });
    return new Fields(body);
  }

  Optional<String> text(String name) {
    return present(name)
        .map(node -> {
          if (!node.isString()
              || node.asString().isBlank()
              || node.asString().codePointCount(0, node.asString().length()) > LONGEST_TEXT
              || node.asString().codePoints().anyMatch(Fields::isNoCharacter)) {
            throw invalid(name, name + " is a text of 1 to " + LONGEST_TEXT + " characters");
          }
          return node.asString().strip();
        });
  }

  /** A control character, or half a surrogate pair, which no encoding can hold. */
  private static boolean isNoCharacter(int point) {
    return Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE;
  }

  String required(String name) {
    return text(name).orElseThrow(() -> invalid(name, name + " is missing"));
  }

  Optional<Boolean> flag(String name) {
    return present(name)
        .map(node -> {
          if (!node.isBoolean()) {
            throw invalid(name, name + " is true or false");
          }
          return node.asBoolean();
        });
  }

  long number(String name, long fallback, long most) {
    return present(name)
        .map(node -> {
          if (!node.isIntegralNumber()
              || !node.canConvertToLong()
              || node.asLong() < 0
              || node.asLong() > most) {
            throw invalid(name, name + " is a whole number from 0 to " + most);
          }
          return node.asLong();
        })
        .orElse(fallback);
  }

  Optional<Instant> future(String name, Instant now) {
    return present(name)
        .map(node -> {
          Instant time = time(name, node);
          if (!time.isAfter(now)) {
            throw invalid(name, name + " lies in the past");
          }
          return time;
        });
  }

  private static Instant time(String name, JsonNode node) {
    try {
      OffsetDateTime time = OffsetDateTime.parse(node.isString() ? node.asString() : "");
      if (time.getYear() <= 9999) {
        return time.toInstant();
      }
    } catch (DateTimeParseException e) {
      // Refused below, like a time beyond all calendars.
    }
    throw invalid(name, name + " is a time such as 2027-01-31T10:00:00Z");
  }

  /** At least one. */
  Optional<Set<Role>> roles() {
    Optional<Set<Role>> roles = words("roles", Role::ofWire, Arrays.asList(Role.values()));
    if (roles.isPresent() && roles.get().isEmpty()) {
      throw invalid("roles", "roles holds at least one");
    }
    return roles;
  }

  /** A list of known words. */
  <T extends Enum<T>> Optional<Set<T>> words(
      String name, Function<String, Optional<T>> parse, Iterable<T> all) {
    return present(name)
        .map(node -> {
          if (!node.isArray()) {
            throw invalid(name, name + " is a list");
          }
          Set<T> found = new TreeSet<>();
          for (JsonNode word : node) {
            found.add(
                Optional.of(word)
                    .filter(JsonNode::isString)
                    .flatMap(text -> parse.apply(text.asString()))
                    .orElseThrow(() ->
                        invalid(
                            name, name + " are among " + all.toString().toLowerCase(Locale.ROOT))));
          }
          return found;
        });
  }

  private Optional<JsonNode> present(String name) {
    return Optional.ofNullable(body.get(name)).filter(node -> !node.isNull());
  }

  static RefusalException invalid(String field, String message) {
    return new RefusalException(ErrorCode.INVALID_REQUEST, message).param(field);
  }
}
