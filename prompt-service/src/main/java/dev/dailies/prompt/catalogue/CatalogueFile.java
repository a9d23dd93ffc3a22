package dev.dailies.prompt.catalogue;

import dev.dailies.contracts.Pool;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads a catalogue from YAML; says at which place of the file something is wrong. */
final class CatalogueFile {
  private static final Set<String> KEYS =
      Set.of(
          "id",
          "title",
          "since",
          "pool",
          "endpoint-model",
          "sizes",
          "seconds",
          "frame-rates",
          "audio",
          "operations",
          "references",
          "prices",
          "retires",
          "successor");
  private static final Set<String> PRICE_KEYS = Set.of("per-second", "currency", "from", "until");
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,4})-([0-9]{1,4})");

  private CatalogueFile() {}

  /**
   * Reads a catalogue.
   *
   * @param source name of the file, for the errors
   * @throws IllegalArgumentException with the place and what is wrong there
   */
  static Catalogue read(InputStream yaml, String source) {
    Object root;
    try {
      root = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    } catch (YAMLException e) {
      throw new IllegalArgumentException(source + " is not YAML: " + e.getMessage(), e);
    }
    Node file = new Node(source, root);
    file.requireOnly(Set.of("models"));
    List<Model> models = new ArrayList<>();
    for (Node node : file.child("models").list()) {
      models.add(model(node));
    }
    try {
      return new Catalogue(models);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
    }
  }

  private static Model model(Node node) {
    node.requireOnly(KEYS);
    String id = node.child("id").text();
    Node named = new Node(node.place + " (" + id + ")", node.value);
    return named.made(() ->
        new Model(
            id,
            named.child("title").text(),
            named.child("since").date(),
            Pool.of(named.child("pool").text()),
            named.child("endpoint-model").text(),
            named.child("sizes").list().stream().map(Node::size).toList(),
            seconds(named.child("seconds")),
            named.optional("frame-rates").map(Node::list).orElse(List.of()).stream()
                .map(Node::number)
                .map(BigDecimal::doubleValue)
                .toList(),
            named.optional("audio").map(Node::flag).orElse(false),
            words(named.optional("operations")),
            words(named.optional("references")),
            named.optional("prices").map(Node::list).orElse(List.of()).stream()
                .map(CatalogueFile::price)
                .toList(),
            named.optional("retires").map(Node::date),
            named.optional("successor").map(Node::text)));
  }

  private static Set<String> words(Optional<Node> list) {
    return Set.copyOf(list.map(Node::list).orElse(List.of()).stream().map(Node::text).toList());
  }

  private static Price price(Node node) {
    node.requireOnly(PRICE_KEYS);
    return node.made(() ->
        new Price(
            node.child("per-second").number(),
            node.child("currency").text(),
            node.child("from").date(),
            node.optional("until").map(Node::date)));
  }

  private static NavigableSet<Integer> seconds(Node node) {
    NavigableSet<Integer> all = new TreeSet<>();
    for (Node entry : node.list()) {
      Matcher range = RANGE.matcher(String.valueOf(entry.value));
      if (range.matches()) {
        int first = Integer.parseInt(range.group(1));
        int last = Integer.parseInt(range.group(2));
        if (first > last || last > 3600) {
          throw entry.wrong("a range of seconds rises, up to 3600");
        }
        for (int second = first; second <= last; second++) {
          all.add(second);
        }
      } else if (entry.value instanceof Integer second) {
        all.add(second);
      } else {
        throw entry.wrong("neither whole seconds nor a range like 1-20");
      }
    }
    return all;
  }

  /** A value of the file and where it stands. */
  private record Node(String place, @Nullable Object value) {
    Node child(String key) {
      return optional(key)
          .orElseThrow(() -> new IllegalArgumentException(place + "." + key + " is missing"));
    }

    Optional<Node> optional(String key) {
      return Optional.ofNullable(map().get(key)).map(v -> new Node(place + "." + key, v));
    }

    private Map<?, ?> map() {
      if (value instanceof Map<?, ?> map) {
        return map;
      }
      throw wrong("not a mapping");
    }

    List<Node> list() {
      if (!(value instanceof List<?> list)) {
        throw wrong("not a list");
      }
      List<Node> nodes = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        nodes.add(new Node(place + "[" + i + "]", list.get(i)));
      }
      return nodes;
    }

    void requireOnly(Set<String> keys) {
      for (Object key : map().keySet()) {
        if (!keys.contains(String.valueOf(key))) {
          throw new IllegalArgumentException(
              place + " knows no '" + key + "', only " + new TreeSet<>(keys));
        }
      }
    }

    String text() {
      if (value instanceof String || value instanceof Number) {
        return value.toString();
      }
      throw wrong("not a text");
    }

    BigDecimal number() {
      if (value instanceof Number number) {
        return new BigDecimal(number.toString());
      }
      throw wrong("not a number");
    }

    boolean flag() {
      if (value instanceof Boolean flag) {
        return flag;
      }
      throw wrong("neither true nor false");
    }

    LocalDate date() {
      if (value instanceof Date date) {
        return LocalDate.ofInstant(date.toInstant(), ZoneOffset.UTC);
      }
      throw wrong("not a date like 2026-11-01");
    }

    FrameSize size() {
      return FrameSize.parse(String.valueOf(value))
          .orElseThrow(() -> wrong("not a size like 1280x720"));
    }

    <T> T made(Supplier<T> maker) {
      try {
        return maker.get();
      } catch (IllegalArgumentException e) {
        String message = String.valueOf(e.getMessage());
        throw message.contains(place) ? e : new IllegalArgumentException(place + ": " + message, e);
      }
    }

    IllegalArgumentException wrong(String why) {
      return new IllegalArgumentException(place + " is '" + value + "': " + why);
    }
  }
}
