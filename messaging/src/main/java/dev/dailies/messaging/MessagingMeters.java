package dev.dailies.messaging;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;

/**
 * What messaging measures. Of the records a subscription polled: {@code handled + late + duplicate
 * + skipped + parked}, by the tag {@code outcome} of {@link #TAKEN}.
 */
public enum MessagingMeters implements MeterDocumentation {
  /** Rows in the outbox that are not sent yet. Page when it grows for five minutes. */
  OUTBOX_PENDING("dailies.outbox.pending", Meter.Type.GAUGE),
  /** Records sent by the relay, repeats included. */
  OUTBOX_SENT("dailies.outbox.sent", Meter.Type.COUNTER),
  /** Passes of the relay that ended in a failure; the rows stay. Page when it keeps growing. */
  OUTBOX_FAILURES("dailies.outbox.failures", Meter.Type.COUNTER),
  /**
   * Records taken from a topic; tags {@code topic} and {@code outcome}. Page on any {@code parked}.
   */
  TAKEN("dailies.events.taken", Meter.Type.COUNTER),
  /**
   * Gaps seen in the sequence of an aggregate; tag {@code topic}. Page when late ones do not
   * follow.
   */
  GAPS("dailies.events.gaps", Meter.Type.COUNTER),
  /** Records that wait for their schema; tag {@code topic}. Page when above zero for a minute. */
  SCHEMA_WAITS("dailies.events.schema.waits", Meter.Type.COUNTER);

  private final String meterName;
  private final Meter.Type type;

  MessagingMeters(String meterName, Meter.Type type) {
    this.meterName = meterName;
    this.type = type;
  }

  @Override
  public String getName() {
    return meterName;
  }

  @Override
  public Meter.Type getType() {
    return type;
  }
}
