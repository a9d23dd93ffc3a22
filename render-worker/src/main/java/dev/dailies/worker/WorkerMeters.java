package dev.dailies.worker;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;

/**
 * What a worker measures. Over all workers of a pool, {@code claimed + taken over = ended (all
 * outcomes) + parked + handed over + lost + held}; a process that was killed is the difference.
 */
public enum WorkerMeters implements MeterDocumentation {
  /** Jobs that became renders of this worker. */
  CLAIMED("dailies.renders.claimed", Meter.Type.COUNTER),
  /** Renders taken over from workers whose lease had lapsed. Page when it grows without deploys. */
  TAKEN_OVER("dailies.renders.taken.over", Meter.Type.COUNTER),
  /** Creates sent; tags {@code endpoint} and {@code outcome}. Page on {@code unknown}. */
  SUBMITS("dailies.renders.submits", Meter.Type.COUNTER),
  /** Renders that ended here; tag {@code outcome}: completed, failed, released, cancelled. */
  ENDED("dailies.renders.ended", Meter.Type.COUNTER),
  /** Renders that a person must decide on. Page on any. */
  PARKED("dailies.renders.parked", Meter.Type.COUNTER),
  /** Renders given to other workers by a drain. */
  HANDED_OVER("dailies.renders.handed.over", Meter.Type.COUNTER),
  /** Renders that another worker, or a cancel, took from this one. */
  LOST("dailies.renders.lost", Meter.Type.COUNTER),
  /** Renders held now. */
  HELD("dailies.renders.held", Meter.Type.GAUGE),
  /** Steps that failed unexpectedly and are tried again; tag {@code state}. Page when it grows. */
  STEP_FAILURES("dailies.renders.step.failures", Meter.Type.COUNTER),
  /** Jobs that could not be read and were parked; tag {@code reason}. Page on any. */
  JOBS_PARKED("dailies.jobs.parked", Meter.Type.COUNTER),
  /** Jobs that came again and changed nothing. */
  JOBS_REPEATED("dailies.jobs.repeated", Meter.Type.COUNTER);

  private final String meterName;
  private final Meter.Type type;

  WorkerMeters(String meterName, Meter.Type type) {
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
