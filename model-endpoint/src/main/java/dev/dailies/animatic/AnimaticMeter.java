package dev.dailies.animatic;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;

/**
 * What the endpoint counts. At rest: accepted = the sum of {@link #ENDED} over its outcomes + what
 * waits + what runs, since the journal was begun.
 */
public enum AnimaticMeter implements MeterDocumentation {
  /** Jobs that came to an end; tag {@code outcome}: completed, failed, cancelled, lost. */
  ENDED {
    @Override
    public String getName() {
      return "dailies.animatic.ended";
    }

    @Override
    public Meter.Type getType() {
      return Meter.Type.COUNTER;
    }

    @Override
    public KeyName[] getKeyNames() {
      return new KeyName[] {Outcome.OUTCOME};
    }
  },

  /** Time from a slot taking a job up to its clip being rendered, without dictated slowness. */
  RENDER {
    @Override
    public String getName() {
      return "dailies.animatic.render";
    }

    @Override
    public Meter.Type getType() {
      return Meter.Type.TIMER;
    }

    @Override
    public String getBaseUnit() {
      return "seconds";
    }
  },

  /** Jobs that wait for a slot. Page when it stays at the queue's length: clients get 429 then. */
  WAITING {
    @Override
    public String getName() {
      return "dailies.animatic.waiting";
    }

    @Override
    public Meter.Type getType() {
      return Meter.Type.GAUGE;
    }
  },

  /** Slots that are taken. */
  RUNNING {
    @Override
    public String getName() {
      return "dailies.animatic.running";
    }

    @Override
    public Meter.Type getType() {
      return Meter.Type.GAUGE;
    }
  };

  /** The tags. */
  public enum Outcome implements KeyName {
    /** How a job ended. */
    OUTCOME {
      @Override
      public String asString() {
        return "outcome";
      }
    }
  }
}
