package dev.dailies.prompt.library;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The query of a list: filters by name, and a page as {@code limit}, {@code order} and {@code
 * after}, the cursor that the page before gave. A name that is not known is refused: a filter with
 * a slip in it would show everything.
 */
public final class ListQuery {
  private static final int USUAL_PAGE = 50;
  private static final int LARGEST_PAGE = 200;
  private static final Set<String> PAGING = Set.of("limit", "order", "after");
  private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  private final Map<String, String[]> given;

  private ListQuery(Map<String, String[]> given) {
    this.given = given;
  }

  /** Reads the parameters of a request; only these filters and those of paging are known. */
  public static ListQuery of(Map<String, String[]> given, Set<String> filters) {
    for (String name : given.keySet()) {
      if (!filters.contains(name) && !PAGING.contains(name)) {
        throw Fields.invalid(
            filters.isEmpty() ? "query" : String.join("|", filters.stream().sorted().toList()),
            "A parameter is not known here.");
      }
    }
    return new ListQuery(given);
  }

  /** All values of a filter. */
  public List<String> all(String name) {
    List<String> values = List.of(given.getOrDefault(name, new String[0]));
    if (values.stream().anyMatch(value -> value.isEmpty() || value.indexOf(0) >= 0)) {
      throw Fields.invalid(name, name + " must not be empty.");
    }
    return values;
  }

  /** The value of a filter that may be given once. */
  public Optional<String> text(String name) {
    List<String> values = all(name);
    if (values.size() > 1) {
      throw Fields.invalid(name, name + " may be given once.");
    }
    return values.stream().findFirst();
  }

  /** An id; one that is malformed is of nothing that exists. */
  public <T> Optional<T> id(String name, Function<String, T> type) {
    Optional<String> text = text(name);
    try {
      return text.map(type);
    } catch (IllegalArgumentException e) {
      throw Fields.invalid(name, name + " is not an id of that kind.");
    }
  }

  /** True or false. */
  public Optional<Boolean> flag(String name) {
    return text(name)
        .map(value ->
            switch (value) {
              case "true" -> true;
              case "false" -> false;
              default -> throw Fields.invalid(name, name + " is true or false.");
            });
  }

  /** A time, as RFC 3339 or as seconds since 1970. */
  public Optional<Instant> time(String name) {
    try {
      Optional<Instant> time =
          text(name)
              .map(value ->
                  value.matches("[0-9]{1,11}")
                      ? Instant.ofEpochSecond(Long.parseLong(value))
                      : OffsetDateTime.parse(value.replace(' ', '+')).toInstant());
      if (time.filter(t -> t.isBefore(EARLIEST) || t.isAfter(LATEST)).isPresent()) {
        throw Fields.invalid(name, name + " is too far away.");
      }
      return time;
    } catch (DateTimeException e) {
      throw Fields.invalid(
          name, name + " is a time like 2026-11-01T08:00:00Z, or seconds since 1970.");
    }
  }

  public int limit() {
    String limit = text("limit").orElse(String.valueOf(USUAL_PAGE));
    int most = limit.matches("[0-9]{1,3}") ? Integer.parseInt(limit) : 0;
    if (most < 1 || most > LARGEST_PAGE) {
      throw Fields.invalid("limit", "limit is a number from 1 to " + LARGEST_PAGE + ".");
    }
    return most;
  }

  /** Whether the newest come first, as they do unless asked otherwise. */
  public boolean newestFirst() {
    return switch (text("order").orElse("desc")) {
      case "desc" -> true;
      case "asc" -> false;
      default -> throw Fields.invalid("order", "order is asc or desc.");
    };
  }

  /** What the cursor holds: the sort keys of the last one that was seen, so many. */
  public Optional<List<String>> after(int parts) {
    return text("after")
        .map(cursor -> {
          try {
            String text =
                new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.ISO_8859_1);
            List<String> keys = List.of(text.split(" ", -1));
            if (keys.size() == parts && text.chars().allMatch(c -> c >= ' ' && c < 127)) {
              return keys;
            }
          } catch (IllegalArgumentException notOurs) {
            // Told below, as any other that we did not make.
          }
          throw Fields.invalid("after", "after is the next_cursor of the page before.");
        });
  }

  /** A cursor behind one with these sort keys. */
  public static String cursor(String... keys) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(String.join(" ", keys).getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The part of a list of things with ids, read one beyond the page to see whether more follow. */
  public Slice slice(Optional<Boolean> archived) {
    return new Slice(after(1).map(List::getFirst), newestFirst(), limit() + 1, archived);
  }

  /** The answer: a page, and where the next begins. */
  public <T> Map<String, Object> page(
      List<T> found, Function<T, Map<String, Object>> shown, Function<T, String> cursor) {
    List<T> page = new ArrayList<>(found.subList(0, Math.min(limit(), found.size())));
    boolean more = found.size() > page.size();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("object", "list");
    answer.put("data", page.stream().map(shown).toList());
    answer.put("has_more", more);
    answer.put("next_cursor", more ? cursor.apply(page.getLast()) : null);
    return answer;
  }
}
