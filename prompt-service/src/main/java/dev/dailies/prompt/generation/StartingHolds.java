package dev.dailies.prompt.generation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The rules that make a generation wait from the start; each gives one hold, or none. */
final class StartingHolds {
  private static final List<BiFunction<Specification, Instant, Optional<Hold>>> RULES =
      List.of(StartingHolds::notBefore);

  private StartingHolds() {}

  static List<Hold> of(Specification specification, Instant now) {
    return RULES.stream().flatMap(rule -> rule.apply(specification, now).stream()).toList();
  }

  private static Optional<Hold> notBefore(Specification specification, Instant now) {
    return specification
        .form()
        .notBefore()
        .filter(now::isBefore)
        .map(time -> Hold.until(Hold.NOT_BEFORE, time));
  }
}
