package dev.dailies.review.moderation;

import dev.dailies.review.ReviewMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** Counts what moderation does; see {@link ReviewMeters} for what each metric means. */
final class ModerationMeters {
  private final MeterRegistry registry;
  private volatile ModerationTasks.Backlog backlog =
      new ModerationTasks.Backlog(0, Duration.ZERO, 0);

  ModerationMeters(MeterRegistry registry) {
    this.registry = registry;
    registry.gauge(ReviewMeters.WAITING.getName(), this, m -> m.backlog.waiting());
    registry.gauge(ReviewMeters.OLDEST.getName(), this, m -> m.backlog.oldest().toMillis() / 1e3);
    registry.gauge(ReviewMeters.HELD.getName(), this, m -> m.backlog.held());
  }

  void backlog(ModerationTasks.Backlog now) {
    backlog = now;
  }

  void runningIs(java.util.function.Supplier<Number> running) {
    registry.gauge(ReviewMeters.RUNNING.getName(), running, r -> r.get().doubleValue());
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
