package dev.dailies.prompt.batch;

import dev.dailies.contracts.ErrorCode;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** One line of a batch; lines count from 1, as an editor counts them. */
sealed interface BatchLine {
  long line();

  /**
   * An item that could be read.
   *
   * @param key as the line gives it
   * @param fields the request, without the key
   */
  record Item(long line, Optional<String> key, ObjectNode fields) implements BatchLine {}

  /** A line that could not be read; the next one may be fine. */
  record Bad(long line, Optional<String> key, Problem problem) implements BatchLine {}

  /** What follows can't be told into lines any more. */
  record End(long line, Problem problem) implements BatchLine {}

  /** What is wrong. */
  record Problem(ErrorCode code, String message, String param) {}
}
