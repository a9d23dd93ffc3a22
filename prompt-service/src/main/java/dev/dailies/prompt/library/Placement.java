package dev.dailies.prompt.library;

import dev.dailies.contracts.ErrorCode;
import java.util.List;

/** Where a request is placed, or why it can't be. */
public sealed interface Placement {
  /** The names of the rules by which a place is refused. */
  List<String> RULES = List.of("place_known", "place_open", "place_consistent");

  /**
   * In this shot.
   *
   * @param added whether it has yet to be added for the request
   */
  record Placed(Shot shot, boolean added) implements Placement {}

  /**
   * Nowhere.
   *
   * @param rule name of the rule that says no
   * @param message for people
   * @param param the field at fault
   */
  record Refused(String rule, ErrorCode code, String message, String param) implements Placement {}
}
