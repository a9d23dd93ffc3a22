package dev.dailies.review.board;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A shot with its variations, side by side.
 *
 * @param shotVersion grows whenever the shot itself or the choice among its variations changes; a
 *     decision names the one it looked at and is refused if it has grown since
 * @param selected the chosen asset
 */
public record ShotBoard(
    String shot,
    long shotVersion,
    Optional<String> project,
    Optional<String> brief,
    Optional<String> briefRow,
    List<Dimension> dimensions,
    boolean archived,
    Optional<String> selected,
    List<Variation> variations) {

  public ShotBoard {
    dimensions = List.copyOf(dimensions);
    variations = List.copyOf(variations);
  }

  /** Locale, format, channel: a name with its value. */
  public record Dimension(String name, String value) {}

  /**
   * One generation of the shot, and what became of it. Absent fields are not known yet.
   *
   * @param variation place among the variations of its request, from 1; 0: not told yet
   * @param seed the seed asked for; absent: the endpoint chose
   * @param technical what the checks said of the asset: unknown, ready, rejected or surplus
   * @param withheld why the asset was taken back
   */
  public record Variation(
      String generation,
      int variation,
      Optional<String> model,
      Optional<Long> seed,
      Optional<String> prompt,
      Optional<Instant> acceptedAt,
      Optional<String> asset,
      String technical,
      Optional<Instant> readyAt,
      boolean viewable,
      Optional<Instant> viewableAt,
      Optional<String> withheld,
      Moderation moderation,
      Selection selection) {}

  /**
   * What moderation says.
   *
   * @param outcome clear, hold, block, or pending
   * @param decision number of the decision; 0: none yet
   * @param by policy or person
   */
  public record Moderation(
      String outcome,
      long decision,
      Optional<String> by,
      Optional<String> policyVersion,
      Optional<Instant> decidedAt) {}

  /**
   * What reviewers say.
   *
   * @param state open, selected or rejected
   */
  public record Selection(
      String state, List<String> reasons, Optional<String> decidedBy, Optional<Instant> decidedAt) {
    public Selection {
      reasons = List.copyOf(reasons);
    }
  }
}
