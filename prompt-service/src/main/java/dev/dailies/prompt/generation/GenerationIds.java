package dev.dailies.prompt.generation;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.GenerationId;
import dev.dailies.edge.RefusalException;
import java.util.Optional;

/** Ids as they come in a path: malformed, unknown and foreign ones give one and the same answer. */
final class GenerationIds {
  private GenerationIds() {}

  static Optional<GenerationId> parse(String text) {
    try {
      return Optional.of(new GenerationId(text));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  static RefusalException unknown() {
    return new RefusalException(ErrorCode.NOT_FOUND, "There is no such video.");
  }
}
