package dev.dailies.review.moderation;

import dev.dailies.contracts.event.Actor;
import dev.dailies.review.Rule;
import dev.dailies.review.board.Board;
import dev.dailies.review.board.Take;
import java.util.List;
import java.util.Optional;

/**
 * A moderator clears or blocks an asset. The newest decision counts, whoever made it, and the
 * policy never decides again after a person has.
 */
final class DecideAsModerator {
  /** In the order in which they are asked. */
  static final List<Rule<Case>> RULES =
      List.of(
          new Rule<>(
              "asset_is_ready",
              "The asset has not passed its technical checks.",
              c -> c.take().technical() == Take.Technical.READY),
          new Rule<>(
              "judged_before_cleared",
              "Automatic moderation has not looked at the asset yet.",
              c -> c.wanted() == Outcome.BLOCK || c.newest().isPresent()),
          new Rule<>(
              "changes_something",
              "The asset has that outcome already.",
              c -> c.newest().map(d -> d.outcome() != c.wanted()).orElse(true)));

  private final Board board;
  private final DecisionLog decisions;
  private final ModerationPolicy policy;
  private final ModerationMeters meters;

  DecideAsModerator(
      Board board, DecisionLog decisions, ModerationPolicy policy, ModerationMeters meters) {
    this.board = board;
    this.decisions = decisions;
    this.policy = policy;
    this.meters = meters;
  }

  /** What the rules look at. */
  record Case(Take take, Optional<DecisionLog.Decision> newest, Outcome wanted) {}

  /** What became of it. */
  sealed interface Result {
    /** Decided. */
    record Decided(long decision) implements Result {}

    /** No such asset in the workspace. */
    record Unknown() implements Result {}

    /** Another decision was made since the moderator looked. */
    record Changed(long decision) implements Result {}

    /** A rule says no. */
    record Refused(Rule<Case> rule) implements Result {}
  }

  /**
   * Decides.
   *
   * @param expected number of the decision that the moderator looked at; 0: none
   */
  Result decide(
      String workspace,
      Actor actor,
      String asset,
      Outcome wanted,
      List<String> reasons,
      long expected) {
    Optional<Take> take = board.findTake(workspace, asset);
    if (take.isEmpty()) {
      return new Result.Unknown();
    }
    Optional<DecisionLog.Decision> newest = decisions.findNewest(asset);
    long current = newest.map(DecisionLog.Decision::decision).orElse(0L);
    if (current != expected) {
      return new Result.Changed(current);
    }
    Optional<Rule<Case>> against = Rule.firstAgainst(RULES, new Case(take.get(), newest, wanted));
    if (against.isPresent()) {
      return new Result.Refused(against.get());
    }
    Verdict verdict = new Verdict(wanted, signals(wanted, reasons), policy.version());
    Optional<Long> decided =
        decisions.append(
            new DecisionLog.Draft(
                asset,
                workspace,
                take.get().generation(),
                verdict,
                Optional.of(actor),
                reasons,
                Optional.empty()),
            expected);
    if (decided.isEmpty()) {
      return new Result.Changed(
          decisions.findNewest(asset).map(DecisionLog.Decision::decision).orElse(0L));
    }
    meters.decided(wanted, true);
    return new Result.Decided(decided.get());
  }

  private static List<Signal> signals(Outcome wanted, List<String> reasons) {
    String category = reasons.isEmpty() ? wanted.code() : reasons.getFirst();
    return List.of(Signal.of(Signal.PERSON, category, Signal.Medium.FRAME));
  }
}
