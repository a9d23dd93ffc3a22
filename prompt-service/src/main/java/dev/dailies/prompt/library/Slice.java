package dev.dailies.prompt.library;

import java.util.Optional;

/**
 * Which part of a list is wanted; ids sort by time of birth.
 *
 * @param after id of the last one seen
 * @param newestFirst the direction
 * @param archived only those that are, or are not; empty: all
 */
public record Slice(
    Optional<String> after, boolean newestFirst, int limit, Optional<Boolean> archived) {
  /** The condition on {@code id} and the order, as SQL with {@code :after} and {@code :limit}. */
  public String sql() {
    return newestFirst
        ? " and id < :after order by id desc limit :limit"
        : " and id > :after order by id limit :limit";
  }

  /**
   * The bound of {@code :after}; no kind of id begins with z, and in any collation z is the last.
   */
  public String bound() {
    return after.orElse(newestFirst ? "zzzz" : "");
  }
}
