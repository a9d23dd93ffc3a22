package dev.dailies.review;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;

/**
 * Every metric of the review service.
 *
 * <p>Arithmetic: each task that was requested is decided by the policy once, or dropped because its
 * generation was erased or a person was first; it may be put off any number of times before.
 */
public enum ReviewMeters implements MeterDocumentation {
  /** Moderation decisions that were committed, by outcome and by who made them. */
  DECIDED("dailies.review.moderation.decided", Meter.Type.COUNTER) {
    @Override
    public KeyName[] getKeyNames() {
      return new KeyName[] {Tag.OUTCOME, Tag.BY};
    }
  },
  /**
   * Attempts that ended without a decision, by what was missing. Page when {@code
   * store_unavailable} or {@code provider_unavailable} rises for five minutes.
   */
  DEFERRED("dailies.review.moderation.deferred", Meter.Type.COUNTER) {
    @Override
    public KeyName[] getKeyNames() {
      return new KeyName[] {Tag.REASON};
    }
  },
  /** Time of one attempt from claim to decision: fetch, sampling and providers. In seconds. */
  JUDGED("dailies.review.moderation.judged", Meter.Type.TIMER),
  /** Tasks being judged now; never more than {@code DAILIES_REVIEW_CONCURRENCY}. */
  RUNNING("dailies.review.moderation.running", Meter.Type.GAUGE),
  /** Tasks without a decision, those being judged included. */
  WAITING("dailies.review.moderation.waiting", Meter.Type.GAUGE),
  /** Age in seconds of the oldest task without a decision. Page above 300. */
  OLDEST("dailies.review.moderation.oldest", Meter.Type.GAUGE) {
    @Override
    public String getBaseUnit() {
      return "seconds";
    }
  },
  /** Assets that wait for a moderator. */
  HELD("dailies.review.moderation.held", Meter.Type.GAUGE),
  /** Choices of reviewers that were committed, by new state. */
  SELECTED("dailies.review.selection.decided", Meter.Type.COUNTER) {
    @Override
    public KeyName[] getKeyNames() {
      return new KeyName[] {Tag.STATE};
    }
  };

  /** The closed tags. */
  public enum Tag implements KeyName {
    /** clear, hold, block. */
    OUTCOME("outcome"),
    /** policy, person. */
    BY("by"),
    /** What a deferred attempt lacked; the names of {@code DeferReason}. */
    REASON("reason"),
    /** selected, rejected. */
    STATE("state");

    private final String key;

    Tag(String key) {
      this.key = key;
    }

    @Override
    public String asString() {
      return key;
    }
  }

  private final String meter;
  private final Meter.Type type;

  ReviewMeters(String meter, Meter.Type type) {
    this.meter = meter;
    this.type = type;
  }

  @Override
  public String getName() {
    return meter;
  }

  @Override
  public Meter.Type getType() {
    return type;
  }
}
