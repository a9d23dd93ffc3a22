package dev.dailies.prompt.feed;

import dev.dailies.prompt.PromptMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts watchers and what becomes of them. */
final class FeedMeters {
  private final Counter cutOff;
  private final Counter failedPasses;

  FeedMeters(MeterRegistry registry, Watchers watchers) {
    this.cutOff = registry.counter(PromptMeters.WATCHERS_CUT_OFF.getName());
    this.failedPasses = registry.counter(PromptMeters.FEED_FAILED_PASSES.getName());
    Gauge.builder(PromptMeters.WATCHERS.getName(), watchers::count).register(registry);
  }

  void cutOff() {
    cutOff.increment();
  }

  void failedPass() {
    failedPasses.increment();
  }
}
