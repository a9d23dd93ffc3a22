package dev.dailies.prompt.library;

import java.util.Map;
import java.util.Optional;

/** A change of a shot; what is empty stays. */
public record ShotEdit(
    Edit edit, Optional<String> briefRow, Optional<Map<String, String>> dimensions) {
  /** Archives or restores. */
  public static ShotEdit of(Edit edit) {
    return new ShotEdit(edit, Optional.empty(), Optional.empty());
  }
}
