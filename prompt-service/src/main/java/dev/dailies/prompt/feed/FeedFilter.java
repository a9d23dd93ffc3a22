package dev.dailies.prompt.feed;

import dev.dailies.contracts.GenerationId;
import java.util.Optional;
import java.util.Set;

/**
 * Which entries of its workspace a watcher wants; what is empty does not narrow.
 *
 * @param states of the generation, after what is told, in lower case
 */
record FeedFilter(
    Optional<GenerationId> generation,
    Optional<String> project,
    Optional<String> brief,
    Optional<String> shot,
    Set<String> states) {
  FeedFilter {
    states = Set.copyOf(states);
  }

  static FeedFilter of(GenerationId generation) {
    return new FeedFilter(
        Optional.of(generation), Optional.empty(), Optional.empty(), Optional.empty(), Set.of());
  }

  boolean matches(FeedEntry entry) {
    return generation.map(entry.generation()::equals).orElse(true)
        && (project.isEmpty() || project.equals(entry.project()))
        && (brief.isEmpty() || brief.equals(entry.brief()))
        && shot.map(entry.shot()::equals).orElse(true)
        && (states.isEmpty() || states.contains(entry.state()));
  }
}
