package dev.dailies.review.selection;

import dev.dailies.review.Rule;
import dev.dailies.review.selection.Selections.Case;
import dev.dailies.review.selection.Selections.Wanted;
import java.util.List;

/** When an asset may be selected or rejected, in the order in which the rules are asked. */
final class SelectionRules {
  static final List<Rule<Case>> ALL =
      List.of(
          new Rule<>("shot_is_open", "The shot is archived.", c -> !c.archived()),
          new Rule<>(
              "asset_is_of_shot", "The asset is no variation of this shot.", Case::ofThisShot),
          new Rule<>(
              "asset_is_ready",
              "The asset is not the usable result of its generation.",
              Case::ready),
          new Rule<>(
              "asset_is_viewable",
              "The asset may not be looked at: it is not cleared, or was withheld.",
              c -> c.wanted() == Wanted.REJECTED || c.viewable()),
          new Rule<>(
              "changes_something",
              "That is what was decided already.",
              c -> c.now().map(now -> now != c.wanted()).orElse(true)));

  private SelectionRules() {}
}
