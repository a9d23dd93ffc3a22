package dev.dailies.prompt.access;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a longer list.
 *
 * @param next where the next page begins; empty at the end
 */
record AccessPage<T>(List<T> data, Optional<String> next) {
  private static final int LONGEST = 200;

  /** Makes a page from one entry more than it holds, so that its end is known. */
  static <S, T> AccessPage<T> of(
      List<S> found, int limit, Function<S, String> id, Function<S, T> view) {
    boolean more = found.size() > limit;
    List<S> page = more ? found.subList(0, limit) : found;
    return new AccessPage<>(
        page.stream().map(view).toList(),
        more ? Optional.of(id.apply(page.getLast())) : Optional.empty());
  }

  static int limit(int wanted) {
    if (wanted < 1 || wanted > LONGEST) {
      throw Fields.invalid("limit", "limit lies between 1 and " + LONGEST);
    }
    return wanted;
  }
}
