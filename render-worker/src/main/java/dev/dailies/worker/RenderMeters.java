package dev.dailies.worker;

import dev.dailies.worker.endpoint.SubmitOutcome;
import dev.dailies.worker.flow.RenderTally;
import dev.dailies.worker.ledger.Ending;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Counts renders in the process's meters. */
final class RenderMeters implements RenderTally {
  private final MeterRegistry meters;

  RenderMeters(MeterRegistry meters) {
    this.meters = meters;
    for (String outcome : new String[] {"completed", "failed", "released", "cancelled"}) {
      meters.counter(WorkerMeters.ENDED.getName(), "outcome", outcome);
    }
    for (WorkerMeters plain :
        new WorkerMeters[] {
          WorkerMeters.CLAIMED,
          WorkerMeters.TAKEN_OVER,
          WorkerMeters.PARKED,
          WorkerMeters.HANDED_OVER,
          WorkerMeters.LOST,
          WorkerMeters.JOBS_REPEATED
        }) {
      meters.counter(plain.getName());
    }
  }

  @Override
  public void claimed(int count) {
    meters.counter(WorkerMeters.CLAIMED.getName()).increment(count);
  }

  @Override
  public void repeated(int count) {
    meters.counter(WorkerMeters.JOBS_REPEATED.getName()).increment(count);
  }

  @Override
  public void jobParked(String reason) {
    meters.counter(WorkerMeters.JOBS_PARKED.getName(), "reason", reason).increment();
  }

  @Override
  public void submitted(String endpoint, SubmitOutcome outcome) {
    String name =
        switch (outcome) {
          case SubmitOutcome.Accepted accepted -> "accepted";
          case SubmitOutcome.Rejected rejected -> "rejected";
          case SubmitOutcome.NotSent notSent -> "not_sent";
          case SubmitOutcome.Unknown unknown -> "unknown";
        };
    meters
        .counter(WorkerMeters.SUBMITS.getName(), "endpoint", endpoint, "outcome", name)
        .increment();
  }

  @Override
  public void ended(Ending ending) {
    meters
        .counter(
            WorkerMeters.ENDED.getName(), "outcome", ending.state().name().toLowerCase(Locale.ROOT))
        .increment();
  }

  @Override
  public void parked() {
    meters.counter(WorkerMeters.PARKED.getName()).increment();
  }

  @Override
  public void takenOver(int count) {
    meters.counter(WorkerMeters.TAKEN_OVER.getName()).increment(count);
  }

  @Override
  public void lost() {
    meters.counter(WorkerMeters.LOST.getName()).increment();
  }

  @Override
  public void handedOver() {
    meters.counter(WorkerMeters.HANDED_OVER.getName()).increment();
  }

  @Override
  public void stepFailed(String state) {
    meters.counter(WorkerMeters.STEP_FAILURES.getName(), "state", state).increment();
  }
}
