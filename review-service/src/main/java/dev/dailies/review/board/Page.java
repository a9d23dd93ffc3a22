package dev.dailies.review.board;

import java.util.List;
import java.util.Optional;

/**
 * A part of a longer list.
 *
 * @param data the entries
 * @param next where the next page begins; empty at the end
 */
public record Page<T>(List<T> data, Optional<String> next) {
  public Page {
    data = List.copyOf(data);
  }
}
