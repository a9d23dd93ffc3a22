package dev.dailies.review.moderation;

import java.util.List;

/**
 * What the policy makes of the signals.
 *
 * @param outcome the strictest that any signal leads to
 * @param signals those that lead to more than {@link Outcome#CLEAR}
 * @param policyVersion the policy
 */
public record Verdict(Outcome outcome, List<Signal> signals, String policyVersion) {
  public Verdict {
    signals = List.copyOf(signals);
  }

  /** The verdict of a policy. */
  static Verdict under(ModerationPolicy policy, List<Signal> signals) {
    return new Verdict(
        policy.outcomeOf(signals),
        signals.stream().filter(s -> policy.outcomeOf(s) != Outcome.CLEAR).distinct().toList(),
        policy.version());
  }
}
