package dev.dailies.prompt.generation;

import java.time.Instant;
import java.util.Optional;

/**
 * A named reason why a waiting generation may not be released yet.
 *
 * @param name one of a closed list: see the constants
 * @param until when it lapses by itself; empty: when it is lifted
 */
public record Hold(String name, Optional<Instant> until) {
  /** The request itself named a time. */
  public static final String NOT_BEFORE = "not_before";

  /** An attempt ended, and the next one makes sense only later. */
  public static final String RETRY_LATER = "retry_later";

  /** An uploaded input has not been checked yet. */
  public static final String REFERENCE = "reference";

  /** The video that this one is made of may not be seen yet. */
  public static final String PARENT = "parent";

  public Hold {
    if (!name.matches("[a-z][a-z_]{0,39}")) {
      throw new IllegalArgumentException("'" + name + "' is no name for a hold");
    }
  }

  /** One that stays until it is lifted. */
  public static Hold open(String name) {
    return new Hold(name, Optional.empty());
  }

  public static Hold until(String name, Instant time) {
    return new Hold(name, Optional.of(time));
  }
}
