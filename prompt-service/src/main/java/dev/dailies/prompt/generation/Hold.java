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

  public Hold {
    if (!name.matches("[a-z][a-z_]{0,39}")) {
      throw new IllegalArgumentException("'" + name + "' is no name for a hold");
    }
  }

  public static Hold until(String name, Instant time) {
    return new Hold(name, Optional.of(time));
  }
}
