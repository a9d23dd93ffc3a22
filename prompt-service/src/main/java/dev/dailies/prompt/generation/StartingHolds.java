package dev.dailies.prompt.generation;

import dev.dailies.contracts.ReferenceId;
import dev.dailies.prompt.generation.SourceStore.Standing;
import dev.dailies.prompt.reference.KnownReference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules that make a generation wait from the start; each gives one hold, or none. */
final class StartingHolds {
  private StartingHolds() {}

  /**
   * The holds.
   *
   * @param parents how far the videos are that it is made of
   */
  static List<Hold> of(Question question, Standing parents) {
    return Stream.of(notBefore(question), reference(question), parent(parents))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Hold> notBefore(Question question) {
    return question
        .request()
        .care()
        .notBefore()
        .filter(question.now()::isBefore)
        .map(time -> Hold.until(Hold.NOT_BEFORE, time));
  }

  private static Optional<Hold> reference(Question question) {
    return unready(question).isEmpty() ? Optional.empty() : Optional.of(Hold.open(Hold.REFERENCE));
  }

  /** The references that can't be used yet. */
  static List<ReferenceId> unready(Question question) {
    return question.sources().stream()
        .filter(source -> source.parent().isEmpty())
        .filter(source ->
            source.reference().filter(r -> r.state() == KnownReference.State.READY).isEmpty())
        .map(source -> new ReferenceId(source.use().id()))
        .distinct()
        .toList();
  }

  private static Optional<Hold> parent(Standing parents) {
    return parents == Standing.READY ? Optional.empty() : Optional.of(Hold.open(Hold.PARENT));
  }
}
