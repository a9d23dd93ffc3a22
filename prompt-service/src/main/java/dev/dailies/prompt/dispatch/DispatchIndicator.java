package dev.dailies.prompt.dispatch;

import dev.dailies.contracts.Pool;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Says of each pool who dispatches it and what it could take. Always up: a pool without workers
 * still takes requests, and only its videos wait.
 */
final class DispatchIndicator implements HealthIndicator {
  private final Dispatchers dispatchers;
  private final Fleet fleet;

  DispatchIndicator(Dispatchers dispatchers, Fleet fleet) {
    this.dispatchers = dispatchers;
    this.fleet = fleet;
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up();
    for (Pool pool : dispatchers.pools()) {
      Fleet.Capacity capacity = fleet.capacity(pool);
      Map<String, Object> detail = new LinkedHashMap<>();
      detail.put("dispatched_here", dispatchers.owns(pool));
      detail.put("workers", capacity.workers());
      detail.put("slots", capacity.slots());
      if (capacity.slots() == 0) {
        detail.put("missing", "no live worker sees a healthy endpoint: requests wait");
      }
      health.withDetail(pool.value(), detail);
    }
    return health.build();
  }
}
