package dev.dailies.review.moderation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A mapping of a YAML file, read key by key; what is left over at the end is a mistake. */
final class YamlNode {
  private final String path;
  private final Map<String, Object> rest;

  private YamlNode(String path, Map<String, Object> rest) {
    this.path = path;
    this.rest = rest;
  }

  static YamlNode of(String path, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException(path + " is a mapping");
    }
    Map<String, Object> entries = new LinkedHashMap<>();
    map.forEach((key, entry) -> entries.put(String.valueOf(key), entry));
    return new YamlNode(path, entries);
  }

  String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  List<String> keys() {
    return List.copyOf(rest.keySet());
  }

  Optional<Object> take(String key) {
    return Optional.ofNullable(rest.remove(key));
  }

  Object require(String key) {
    return take(key).orElseThrow(() -> new IllegalArgumentException(path(key) + " is missing"));
  }

  YamlNode node(String key) {
    return of(path(key), require(key));
  }

  String text(String key) {
    return String.valueOf(require(key));
  }

  boolean flag(String key, boolean otherwise) {
    return take(key)
        .map(value -> {
          if (!(value instanceof Boolean flag)) {
            throw new IllegalArgumentException(path(key) + " is true or false");
          }
          return flag;
        })
        .orElse(otherwise);
  }

  int count(String key) {
    if (!(require(key) instanceof Integer count)) {
      throw new IllegalArgumentException(path(key) + " is a whole number");
    }
    return count;
  }

  Optional<Double> score(String key) {
    return take(key)
        .map(value -> {
          if (!(value instanceof Number score)) {
            throw new IllegalArgumentException(path(key) + " is a number");
          }
          return score.doubleValue();
        });
  }

  /** A length of time such as {@code 500ms}, {@code 2s} or {@code 1m}. */
  Duration duration(String key) {
    String text = text(key);
    try {
      return text.endsWith("ms")
          ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
          : Duration.parse("PT" + text);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(path(key) + " is a time such as 500ms, 2s or 1m", e);
    }
  }

  List<String> texts(String key) {
    return list(key).stream().map(String::valueOf).toList();
  }

  List<YamlNode> nodes(String key) {
    List<YamlNode> nodes = new ArrayList<>();
    for (Object entry : list(key)) {
      nodes.add(of(path(key) + "[" + nodes.size() + "]", entry));
    }
    return nodes;
  }

  private List<?> list(String key) {
    Optional<Object> value = take(key);
    if (value.isEmpty()) {
      return List.of();
    }
    if (!(value.get() instanceof List<?> list)) {
      throw new IllegalArgumentException(path(key) + " is a list");
    }
    return list;
  }

  /** Says that everything known has been read. */
  void end() {
    if (!rest.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown: " + rest.keySet().stream().map(this::path).toList());
    }
  }
}
