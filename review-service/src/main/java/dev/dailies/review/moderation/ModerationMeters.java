package dev.dailies.review.moderation;

import dev.dailies.review.ReviewMeters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Counts what moderation does; see {@link ReviewMeters} for what each metric means. */
final class ModerationMeters {
  private final MeterRegistry registry;
  private final AtomicInteger running = new AtomicInteger();
  private volatile ModerationTasks.Backlog backlog =
      new ModerationTasks.Backlog(0, Duration.ZERO, 0);

  ModerationMeters(MeterRegistry registry) {
    this.registry = registry;
    gauge(ReviewMeters.RUNNING, running::get);
    gauge(ReviewMeters.WAITING, () -> backlog.waiting());
    gauge(ReviewMeters.OLDEST, () -> backlog.oldest().toMillis() / 1e3);
    gauge(ReviewMeters.HELD, () -> backlog.held());
  }

  private void gauge(ReviewMeters meter, Supplier<Number> value) {
    Gauge.builder(meter.getName(), value).baseUnit(meter.getBaseUnit()).register(registry);
  }

  void backlog(ModerationTasks.Backlog now) {
    backlog = now;
  }

  void began() {
    running.incrementAndGet();
  }

  void ended() {
    running.decrementAndGet();
  }

  void decided(Outcome outcome, boolean byPerson) {
    registry
        .counter(
            ReviewMeters.DECIDED.getName(),
            ReviewMeters.Tag.OUTCOME.asString(),
            outcome.code(),
            ReviewMeters.Tag.BY.asString(),
            byPerson ? "person" : "policy")
        .increment();
  }

  void deferred(NextStep.Reason reason) {
    registry
        .counter(ReviewMeters.DEFERRED.getName(), ReviewMeters.Tag.REASON.asString(), reason.code())
        .increment();
  }

  void judged(Duration elapsed) {
    registry.timer(ReviewMeters.JUDGED.getName()).record(elapsed);
  }
}
