package dev.dailies.prompt.access;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.edge.RefusalException;
import java.util.Optional;

/** What became of a wish to change who may do what. */
sealed interface Change<T> {
  /** It is so now. */
  record Done<T>(T value) implements Change<T> {}

  /** Nothing was changed. */
  record Refused<T>(ErrorCode code, String why, Optional<String> param) implements Change<T> {}

  static <T> Change<T> refused(ErrorCode code, String why) {
    return new Refused<>(code, why, Optional.empty());
  }

  /** Unknown or of another workspace: told apart by nobody. */
  static <T> Change<T> unknown(String what) {
    return refused(ErrorCode.NOT_FOUND, "There is no such " + what + ".");
  }

  /** At the edge: the value, or the refusal thrown. */
  default T orThrow() {
    return switch (this) {
      case Done<T> done -> done.value();
      case Refused<T> refused -> {
        RefusalException refusal = new RefusalException(refused.code(), refused.why());
        refused.param().ifPresent(refusal::param);
        throw refusal;
      }
    };
  }
}
