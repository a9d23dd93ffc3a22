package dev.dailies.animatic.render;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * A clip within a clip.
 *
 * @param clip the file
 * @param lead how many of its frames come first, before a continuation that begins with the last of
 *     them; empty: it is seen throughout, in other colours
 */
public record Footage(Path clip, OptionalInt lead) {
  public Footage {
    if (lead.isPresent() && lead.getAsInt() < 1) {
      throw new IllegalArgumentException("what is extended has frames");
    }
  }
}
