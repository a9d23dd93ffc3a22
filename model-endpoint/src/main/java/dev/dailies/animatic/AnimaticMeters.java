package dev.dailies.animatic;

import dev.dailies.animatic.jobs.JobMeter;
import dev.dailies.animatic.jobs.JobRunner;
import dev.dailies.animatic.journal.JournalEntry;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Counts what {@link AnimaticMeter} documents. */
final class AnimaticMeters implements JobMeter {
  private final MeterRegistry registry;
  private final Map<JournalEntry.Outcome, Counter> ended =
      new EnumMap<>(JournalEntry.Outcome.class);
  private final Timer render;

  AnimaticMeters(MeterRegistry registry) {
    this.registry = registry;
    for (JournalEntry.Outcome outcome : JournalEntry.Outcome.values()) {
      ended.put(
          outcome,
          Counter.builder(AnimaticMeter.ENDED.getName())
              .tag(
                  AnimaticMeter.Outcome.OUTCOME.asString(), outcome.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    this.render = Timer.builder(AnimaticMeter.RENDER.getName()).register(registry);
  }

  void watch(JobRunner runner) {
    Gauge.builder(AnimaticMeter.WAITING.getName(), runner, JobRunner::waitingCount)
        .register(registry);
    Gauge.builder(AnimaticMeter.RUNNING.getName(), runner, JobRunner::runningCount)
        .register(registry);
  }

  @Override
  public void ended(JournalEntry.Outcome outcome) {
    Objects.requireNonNull(ended.get(outcome)).increment();
  }

  @Override
  public void rendered(Duration time) {
    render.record(time);
  }
}
