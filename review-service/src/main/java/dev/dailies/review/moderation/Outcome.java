package dev.dailies.review.moderation;

import dev.dailies.contracts.event.ModerationOutcome;
import java.util.Locale;

/** What moderation says of an asset, from the mildest to the strictest. */
public enum Outcome {
  /** May be seen. */
  CLEAR,
  /** Waits for a moderator. */
  HOLD,
  /** May not be seen, unless a moderator overturns it. */
  BLOCK;

  /** The stricter of two. */
  public Outcome or(Outcome other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** As the API writes it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As the event writes it. */
  public ModerationOutcome onWire() {
    return switch (this) {
      case CLEAR -> ModerationOutcome.CLEAR;
      case HOLD -> ModerationOutcome.HOLD;
      case BLOCK -> ModerationOutcome.BLOCK;
    };
  }
}
