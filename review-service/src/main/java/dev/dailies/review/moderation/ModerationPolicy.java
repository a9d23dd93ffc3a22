package dev.dailies.review.moderation;

import dev.dailies.review.moderation.Signal.Medium;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What follows from what providers notice: a versioned file, so that every decision can name the
 * rules under which it was made. Change the file, change its version.
 *
 * @param version stands on every decision
 * @param providers who is asked
 * @param sampling how many pictures are looked at
 * @param patience how long is waited for what is missing before a person is asked
 * @param categories thresholds by category
 * @param unlisted thresholds for categories that are not listed, by medium
 * @param lists what may not be said
 */
public record ModerationPolicy(
    String version,
    List<ProviderUse> providers,
    Sampling sampling,
    Patience patience,
    Map<String, Thresholds> categories,
    Map<Medium, Thresholds> unlisted,
    List<WordList> lists) {

  public ModerationPolicy {
    providers = List.copyOf(providers);
    categories = Map.copyOf(categories);
    unlisted = Map.copyOf(unlisted);
    lists = List.copyOf(lists);
    if (version.isBlank() || version.length() > 100) {
      throw new IllegalArgumentException("a policy has a version of 1 to 100 characters");
    }
    if (providers.isEmpty()) {
      throw new IllegalArgumentException("a policy names at least one provider");
    }
    for (Medium medium : Medium.values()) {
      if (!unlisted.containsKey(medium)) {
        throw new IllegalArgumentException("unlisted." + medium.code() + " is missing");
      }
    }
    for (WordList list : lists) {
      if (!categories.containsKey(list.category())) {
        throw new IllegalArgumentException("the category of a list is listed: " + list.category());
      }
    }
  }

  /** What one signal leads to. */
  public Outcome outcomeOf(Signal signal) {
    Outcome outcome = thresholdsOf(signal).outcomeAt(signal.certainty());
    // What kept this service from judging never clears an asset, whatever the file says or omits.
    return signal.provider().equals(Signal.SERVICE) ? outcome.or(Outcome.HOLD) : outcome;
  }

  /** What all signals together lead to: the strictest of each. */
  public Outcome outcomeOf(List<Signal> signals) {
    return signals.stream().map(this::outcomeOf).reduce(Outcome.CLEAR, Outcome::or);
  }

  private Thresholds thresholdsOf(Signal signal) {
    Thresholds listed = categories.get(signal.category());
    return listed != null ? listed : unlisted.getOrDefault(signal.medium(), Thresholds.ALWAYS_HOLD);
  }

  /**
   * A provider by name.
   *
   * @param required false: it is asked where it is configured, and not missed elsewhere; true:
   *     without it nothing is cleared
   */
  public record ProviderUse(String name, boolean required) {}

  /**
   * From which score on an outcome follows; absent: never.
   *
   * @param hold from here on a person is asked
   * @param block from here on nobody sees it
   */
  public record Thresholds(Optional<Double> hold, Optional<Double> block) {
    static final Thresholds ALWAYS_HOLD = new Thresholds(Optional.of(0.0), Optional.empty());

    public Thresholds {
      hold.ifPresent(Thresholds::require);
      block.ifPresent(Thresholds::require);
      if (hold.isPresent() && block.isPresent() && hold.get() > block.get()) {
        throw new IllegalArgumentException("a hold begins below a block");
      }
    }

    private static void require(double score) {
      if (!(score >= 0 && score <= 1)) {
        throw new IllegalArgumentException("a threshold lies between 0 and 1, not at " + score);
      }
    }

    Outcome outcomeAt(double score) {
      if (block.isPresent() && score >= block.get()) {
        return Outcome.BLOCK;
      }
      return hold.isPresent() && score >= hold.get() ? Outcome.HOLD : Outcome.CLEAR;
    }
  }

  /**
   * How many pictures of a clip are looked at: one every so often, but no fewer and no more.
   *
   * @param minimum also of the shortest clip
   * @param every time between two pictures
   * @param maximum also of the longest clip
   */
  public record Sampling(int minimum, Duration every, int maximum) {
    private static final int MOST = 240;

    public Sampling {
      if (minimum < 1 || maximum < minimum || maximum > MOST || !every.isPositive()) {
        throw new IllegalArgumentException(
            "sampling: 1 <= minimum <= maximum <= " + MOST + ", and every is positive");
      }
    }

    /** The number of pictures for a clip of this length. */
    public int framesOf(Duration length) {
      long wanted = Math.ceilDiv(length.toMillis(), Math.max(1, every.toMillis()));
      return (int) Math.clamp(wanted, minimum, maximum);
    }
  }

  /**
   * How long is waited for what is missing.
   *
   * @param text for the text of a request, after its asset has become ready
   * @param attempts of a provider, or of reading the media, before a person is asked
   * @param backoff before the second attempt; doubles with each further one
   */
  public record Patience(Duration text, int attempts, Duration backoff) {
    public Patience {
      if (text.isNegative() || attempts < 1 || backoff.isNegative()) {
        throw new IllegalArgumentException("patience: no negative time, at least one attempt");
      }
    }

    /** The wait after the n-th failure, from 1. */
    public Duration backoffAfter(int failures) {
      return backoff.multipliedBy(1L << Math.clamp(failures - 1L, 0, 6));
    }
  }
}
