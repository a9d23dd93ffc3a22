package dev.dailies.prompt.generation;

import dev.dailies.contracts.BriefId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.ProjectId;
import dev.dailies.contracts.ShotId;
import dev.dailies.prompt.library.Fields;
import dev.dailies.prompt.library.ListQuery;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which generations a list shows; all that is given must hold.
 *
 * @param states any of these; none: all
 * @param acceptedAfter from this time on
 * @param acceptedBefore up to, but not at, this time
 * @param text words that all stand in the prompt, in any order; an erased prompt holds none
 * @param dimensions each with its value
 * @param parent those that were made of this one
 * @param after behind this one
 * @param limit one more than a page holds: it tells whether others follow
 */
record GenerationQuery(
    List<GenerationState> states,
    Optional<ProjectId> project,
    Optional<BriefId> brief,
    Optional<ShotId> shot,
    Optional<String> model,
    Optional<Instant> acceptedAfter,
    Optional<Instant> acceptedBefore,
    Optional<String> text,
    Map<String, String> dimensions,
    Optional<GenerationId> parent,
    Optional<Place> after,
    boolean newestFirst,
    int limit) {
  static final Set<String> FILTERS =
      Set.of(
          "state",
          "project",
          "brief",
          "shot",
          "model",
          "accepted_after",
          "accepted_before",
          "text",
          "dimension",
          "parent");
  private static final int LONGEST_TEXT = 500;

  /** A place in the order. */
  record Place(Instant acceptedAt, GenerationId id) {
    String cursor() {
      return ListQuery.cursor(acceptedAt.toString(), id.value());
    }

    private static Place of(List<String> keys) {
      try {
        return new Place(Instant.parse(keys.getFirst()), new GenerationId(keys.getLast()));
      } catch (DateTimeException | IllegalArgumentException e) {
        throw Fields.invalid("after", "after is the next_cursor of the page before.");
      }
    }
  }

  static GenerationQuery of(ListQuery query) {
    return new GenerationQuery(
        query.all("state").stream().map(GenerationQuery::state).toList(),
        query.id("project", ProjectId::new),
        query.id("brief", BriefId::new),
        query.id("shot", ShotId::new),
        query.text("model"),
        query.time("accepted_after"),
        query.time("accepted_before"),
        words(query),
        dimensions(query.all("dimension")),
        query.id("parent", GenerationId::new),
        query.after(2).map(Place::of),
        query.newestFirst(),
        query.limit() + 1);
  }

  private static GenerationState state(String name) {
    for (GenerationState state : GenerationState.values()) {
      if (state.name().toLowerCase(Locale.ROOT).equals(name)) {
        return state;
      }
    }
    throw Fields.invalid(
        "state",
        "state is one of "
            + List.of(GenerationState.values()).toString().toLowerCase(Locale.ROOT)
            + ".");
  }

  private static Optional<String> words(ListQuery query) {
    Optional<String> text = query.text("text");
    if (text.filter(words -> words.length() > LONGEST_TEXT).isPresent()) {
      throw Fields.invalid("text", "text holds at most " + LONGEST_TEXT + " characters.");
    }
    return text;
  }

  private static Map<String, String> dimensions(List<String> given) {
    Map<String, String> dimensions = new TreeMap<>();
    for (String dimension : given) {
      int colon = dimension.indexOf(':');
      if (colon < 1
          || dimensions.put(dimension.substring(0, colon), dimension.substring(colon + 1))
              != null) {
        throw Fields.invalid("dimension", "dimension is name:value, once for each name.");
      }
    }
    return dimensions;
  }
}
