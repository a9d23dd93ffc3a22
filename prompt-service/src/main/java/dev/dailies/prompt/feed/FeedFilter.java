package dev.dailies.prompt.feed;

import dev.dailies.contracts.GenerationId;
import java.util.Optional;
import java.util.Set;

/**
 * Which entries of its workspace a watcher wants; what is empty does not narrow.
 *
 * @param states of the generation, after what is told, in lower case
 * @param types of what is told, by their names as watchers see them
 */
record FeedFilter(
    Optional<GenerationId> generation,
    Optional<String> project,
    Optional<String> brief,
    Optional<String> shot,
    Set<String> states,
    Set<String> types) {
  FeedFilter {
    states = Set.copyOf(states);
    types = Set.copyOf(types);
  }

  static FeedFilter of(GenerationId generation) {
    return new FeedFilter(
        Optional.of(generation),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Set.of());
  }

  boolean matches(FeedEntry entry) {
    return generation.map(entry.generation()::equals).orElse(true)
        && (project.isEmpty() || project.equals(entry.project()))
        && (brief.isEmpty() || brief.equals(entry.brief()))
        && shot.map(entry.shot()::equals).orElse(true)
        && (states.isEmpty() || states.contains(entry.state()))
        && (types.isEmpty() || types.contains(entry.type()));
  }
}
