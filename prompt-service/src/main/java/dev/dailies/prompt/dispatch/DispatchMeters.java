package dev.dailies.prompt.dispatch;

import dev.dailies.contracts.Pool;
import dev.dailies.prompt.PromptMeters;
import dev.dailies.prompt.PromptMeters.Tag;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Counts what dispatchers do. */
final class DispatchMeters implements DispatchCounts {
  private final MeterRegistry registry;

  DispatchMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  void watch(Dispatchers dispatchers, Fleet fleet) {
    for (Pool pool : dispatchers.pools()) {
      gauge(PromptMeters.SLOTS, pool, () -> fleet.capacity(pool).slots());
      gauge(PromptMeters.WORKERS, pool, () -> fleet.capacity(pool).workers());
      gauge(PromptMeters.OWNER, pool, () -> dispatchers.owns(pool) ? 1 : 0);
      count(PromptMeters.RELEASED, pool, 0);
      count(PromptMeters.HANDED_OUT_AGAIN, pool, 0);
      count(PromptMeters.FAILED_PASSES, pool, 0);
    }
  }

  private void gauge(PromptMeters meter, Pool pool, Supplier<Number> value) {
    Gauge.builder(meter.getName(), value).tag(Tag.POOL.asString(), pool.value()).register(registry);
  }

  private void count(PromptMeters meter, Pool pool, int amount) {
    registry.counter(meter.getName(), Tag.POOL.asString(), pool.value()).increment(amount);
  }

  @Override
  public void released(Pool pool, Optional<Duration> waited) {
    count(PromptMeters.RELEASED, pool, 1);
    waited.ifPresent(time ->
        Timer.builder(PromptMeters.WAIT.getName())
            .tag(Tag.POOL.asString(), pool.value())
            .register(registry)
            .record(time));
  }

  @Override
  public void handedOutAgain(Pool pool) {
    count(PromptMeters.HANDED_OUT_AGAIN, pool, 1);
  }

  @Override
  public void failedPass(Pool pool) {
    count(PromptMeters.FAILED_PASSES, pool, 1);
  }
}
