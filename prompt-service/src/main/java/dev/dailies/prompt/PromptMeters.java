package dev.dailies.prompt;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import java.util.Locale;
import java.util.Optional;

/**
 * The meters of this service. Over its whole life: accepted = completed + failed + refused +
 * cancelled + open, where the first five are sums of counters over all processes and restarts.
 */
public enum PromptMeters implements MeterDocumentation {
  /** Generations that were accepted. */
  ACCEPTED("dailies.generations.accepted", Meter.Type.COUNTER),
  /** Generations that reached an end, by {@code state}: completed, failed, refused, cancelled. */
  ENDED("dailies.generations.ended", Meter.Type.COUNTER, Tag.STATE),
  /**
   * Generations that have not ended, by {@code state}: waiting, released, running, rendered. Read
   * from the database at most every few seconds. Page when waiting grows while slots are free.
   */
  OPEN("dailies.generations.open", Meter.Type.GAUGE, Tag.STATE),
  /** Requests that a rule refused, by the name of the {@code rule}. */
  REFUSED_REQUESTS("dailies.generations.refused.requests", Meter.Type.COUNTER, Tag.RULE),
  /** Events about a generation or render that this database does not know. Should stay at 0. */
  UNKNOWN_SUBJECT("dailies.generations.unknown.subject", Meter.Type.COUNTER),
  /** Attempts handed to a pool, by {@code pool}. */
  RELEASED("dailies.dispatch.released", Meter.Type.COUNTER, Tag.POOL),
  /** Jobs handed out again because nobody had claimed them. Page when it keeps rising. */
  HANDED_OUT_AGAIN("dailies.dispatch.handed.out.again", Meter.Type.COUNTER, Tag.POOL),
  /** Seconds from accepting a generation to its first release. */
  WAIT("dailies.dispatch.wait", Meter.Type.TIMER, Tag.POOL),
  /** Slots that live workers of a {@code pool} see at healthy endpoints. Page at 0. */
  SLOTS("dailies.dispatch.slots", Meter.Type.GAUGE, Tag.POOL),
  /** Workers of a {@code pool} whose heartbeat is fresh and who claim. */
  WORKERS("dailies.dispatch.workers", Meter.Type.GAUGE, Tag.POOL),
  /** 1 where this process dispatches the {@code pool}; the sum over processes is 0 or 1. */
  OWNER("dailies.dispatch.owner", Meter.Type.GAUGE, Tag.POOL),
  /** Passes of a dispatcher that failed, for want of the database as a rule. */
  FAILED_PASSES("dailies.dispatch.failed.passes", Meter.Type.COUNTER, Tag.POOL),
  /** Streams of events that are open now. */
  WATCHERS("dailies.feed.watchers", Meter.Type.GAUGE),
  /** Streams that were ended because their client read too slowly. */
  WATCHERS_CUT_OFF("dailies.feed.cut.off", Meter.Type.COUNTER),
  /** Times that the feed could not be read, for want of the database as a rule. */
  FEED_FAILED_PASSES("dailies.feed.failed.passes", Meter.Type.COUNTER);

  private final String meter;
  private final Meter.Type type;
  private final Optional<Tag> tag;

  PromptMeters(String meter, Meter.Type type) {
    this.meter = meter;
    this.type = type;
    this.tag = Optional.empty();
  }

  PromptMeters(String meter, Meter.Type type, Tag tag) {
    this.meter = meter;
    this.type = type;
    this.tag = Optional.of(tag);
  }

  @Override
  public String getName() {
    return meter;
  }

  @Override
  public Meter.Type getType() {
    return type;
  }

  @Override
  public KeyName[] getKeyNames() {
    return tag.stream().toArray(KeyName[]::new);
  }

  /** The tags, all of closed sets. */
  public enum Tag implements KeyName {
    STATE,
    RULE,
    POOL;

    @Override
    public String asString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
