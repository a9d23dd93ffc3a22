package dev.dailies.asset.delivery;

import dev.dailies.asset.delivery.ModerationVerdict.Outcome;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Why an asset may not be seen: each rule names its reason. An asset that no rule keeps back may be
 * seen. (Consent of people whose likeness is used becomes a rule here.)
 */
enum ViewRules {
  /** Its generation was erased. */
  ERASED(Facts::erased),
  /** Not whole, or not the generation's result. */
  NOT_READY(facts -> !facts.ready()),
  /** Moderation has not said anything yet. */
  NOT_MODERATED(facts -> facts.outcome().isEmpty()),
  /** Moderation wants a person to look. */
  MODERATION_HOLD(facts -> facts.outcome().equals(Optional.of(Outcome.HOLD))),
  /** Moderation said no. */
  MODERATION_BLOCK(facts -> facts.outcome().equals(Optional.of(Outcome.BLOCK)));

  /** What is known of an asset. */
  record Facts(boolean ready, Optional<Outcome> outcome, boolean erased) {}

  private final Predicate<Facts> keepsBack;

  ViewRules(Predicate<Facts> keepsBack) {
    this.keepsBack = keepsBack;
  }

  /** The first rule that keeps the asset back; empty: it may be seen. */
  static Optional<ViewRules> keepingBack(Facts facts) {
    return Arrays.stream(values()).filter(rule -> rule.keepsBack.test(facts)).findFirst();
  }

  /** The reason as events and answers tell it. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
