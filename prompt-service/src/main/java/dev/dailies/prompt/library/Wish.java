package dev.dailies.prompt.library;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a request wants to be placed, as its client wrote it. A shot says all the rest; without one
 * the request gets a shot of its own, in the project and the brief that are named.
 *
 * @param briefRow row of the brief that a new shot stands for
 * @param title of a new shot
 * @param dimensions of a new shot
 */
public record Wish(
    Optional<String> project,
    Optional<String> brief,
    Optional<String> shot,
    Optional<String> briefRow,
    Optional<String> title,
    Map<String, String> dimensions) {
  public Wish {
    dimensions = new TreeMap<>(dimensions);
  }
}
