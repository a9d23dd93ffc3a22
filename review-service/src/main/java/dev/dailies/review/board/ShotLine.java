package dev.dailies.review.board;

import java.util.Optional;

/**
 * A shot in a list.
 *
 * @param shotVersion see {@link ShotBoard}
 * @param variations generations asked for
 * @param viewable how many of them may be looked at
 * @param held how many wait for a moderator
 * @param selected the chosen asset
 */
public record ShotLine(
    String shot,
    Optional<String> project,
    Optional<String> brief,
    Optional<String> briefRow,
    long shotVersion,
    boolean archived,
    int variations,
    int viewable,
    int held,
    Optional<String> selected) {}
