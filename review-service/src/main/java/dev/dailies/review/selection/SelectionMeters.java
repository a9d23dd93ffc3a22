package dev.dailies.review.selection;

import dev.dailies.review.ReviewMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Counts the choices of reviewers. */
final class SelectionMeters {
  private final MeterRegistry registry;

  SelectionMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void decided(Selections.Wanted state) {
    registry
        .counter(
            ReviewMeters.SELECTED.getName(),
            ReviewMeters.Tag.STATE.asString(),
            state.name().toLowerCase(Locale.ROOT))
        .increment();
  }
}
