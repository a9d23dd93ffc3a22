package dev.dailies.prompt.library;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A change of a title, or of being archived; what is empty stays.
 *
 * @param version what must be changed; empty: whatever there is
 */
public record Edit(OptionalLong version, Optional<String> title, Optional<Boolean> archived) {
  /** Archives or restores. */
  public static Edit archive(OptionalLong version, boolean archived) {
    return new Edit(version, Optional.empty(), Optional.of(archived));
  }
}
