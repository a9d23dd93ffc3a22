package dev.dailies.review.moderation;

import java.util.Locale;
import java.util.Optional;

/**
 * One thing that a provider noticed. It names a category and never quotes what was said or shown,
 * so that it may stand in a log for ever.
 *
 * @param provider who noticed it; {@link #SERVICE} for what kept us from judging, {@link #PERSON}
 *     for a moderator
 * @param category in the provider's closed list
 * @param medium where it was noticed
 * @param score 0 to 1, where the provider gives one; absent counts as 1
 */
public record Signal(String provider, String category, Medium medium, Optional<Double> score) {
  /** Raised by this service when it could not judge. */
  public static final String SERVICE = "review-service";

  /** Raised by a moderator. */
  public static final String PERSON = "person";

  public Signal {
    if (provider.isBlank() || category.isBlank()) {
      throw new IllegalArgumentException("a signal names its provider and its category");
    }
    if (score.isPresent() && !(score.get() >= 0 && score.get() <= 1)) {
      throw new IllegalArgumentException("a score lies between 0 and 1, not at " + score.get());
    }
  }

  /** What was looked at. */
  public enum Medium {
    TEXT,
    FRAME,
    AUDIO,
    TECHNICAL;

    /** As events and API write it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A signal without a score. */
  public static Signal of(String provider, String category, Medium medium) {
    return new Signal(provider, category, medium, Optional.empty());
  }

  /** A signal with a score. */
  public static Signal scored(String provider, String category, Medium medium, double score) {
    return new Signal(provider, category, medium, Optional.of(score));
  }

  /** How sure the provider is. */
  public double certainty() {
    return score.orElse(1.0);
  }
}
