package dev.dailies.asset;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;

/**
 * What this service measures. Arithmetic: of the ingests that ended as ready, rejected or surplus,
 * each stands for one {@code RenderCompleted}; postponed, failed and left ones come again.
 */
public enum AssetMeters implements MeterDocumentation {
  /**
   * Time from claim to outcome, in seconds. Tag {@code outcome}: ready, rejected, surplus, lost,
   * postponed, failed, left, interrupted. Page when failed or left rise for ten minutes: a fault of
   * ours, or a database that is down.
   */
  INGESTS("dailies.asset.ingest", Meter.Type.TIMER),
  /** Ingests running now; at most {@code dailies.asset.ingests}. */
  RUNNING("dailies.asset.ingest.running", Meter.Type.GAUGE),
  /** Bytes free on the disk of the scratch folder. Page below the reserve: ingest then waits. */
  SCRATCH_FREE("dailies.asset.scratch.free", Meter.Type.GAUGE),
  /** Erased generations whose media are still in the store. Page when above 0 for an hour. */
  ERASURES("dailies.asset.erasure.waiting", Meter.Type.GAUGE);

  private final String name;
  private final Meter.Type type;

  AssetMeters(String name, Meter.Type type) {
    this.name = name;
    this.type = type;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public Meter.Type getType() {
    return type;
  }
}
