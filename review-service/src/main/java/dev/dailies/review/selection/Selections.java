package dev.dailies.review.selection;

import dev.dailies.contracts.event.Actor;
import dev.dailies.review.Rule;
import java.util.List;
import java.util.Optional;

/** The choices made among the variations of shots. */
public interface Selections {
  /**
   * Decides on one asset of a shot, in one transaction with the events, if the shot is still as it
   * was looked at and the rules allow it.
   */
  Result decide(Choice choice, List<Rule<Case>> rules);

  /** What a reviewer may say of an asset. */
  enum Wanted {
    SELECTED,
    REJECTED
  }

  /**
   * What a reviewer wants.
   *
   * @param shotVersion of the board that was looked at
   */
  record Choice(
      String workspace,
      String shot,
      String asset,
      long shotVersion,
      Wanted wanted,
      List<String> reasons,
      Actor actor) {}

  /**
   * What the rules look at.
   *
   * @param archived whether the shot is worked on no more
   * @param ofThisShot whether the asset belongs to it
   * @param ready whether the asset passed its technical checks
   * @param viewable whether it may be looked at now
   * @param now what was said of it last; empty: nothing
   */
  record Case(
      Wanted wanted,
      boolean archived,
      boolean ofThisShot,
      boolean ready,
      boolean viewable,
      Optional<Wanted> now) {}

  /** What became of it. */
  sealed interface Result {
    /** Decided; the shot now has this version. */
    record Decided(long shotVersion) implements Result {}

    /** The workspace has no such shot, or no such asset. */
    record Unknown() implements Result {}

    /** The shot changed since it was looked at. */
    record Changed(long shotVersion) implements Result {}

    /** A rule says no. */
    record Refused(Rule<Case> rule) implements Result {}
  }
}
