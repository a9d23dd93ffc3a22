package dev.dailies.prompt.dispatch;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code dailies.dispatch}.
 *
 * @param tick longest time between two looks at a pool
 * @param lease after this long a dispatcher that fell silent is replaced
 * @param freshness how long a worker's heartbeat is good for
 * @param unclaimed after this long a job that nobody claimed is handed out again
 */
@ConfigurationProperties(prefix = "dailies.dispatch", ignoreUnknownFields = false)
public record DispatchProperties(
    @DefaultValue("500ms") Duration tick,
    @DefaultValue("6s") Duration lease,
    @DefaultValue("10s") Duration freshness,
    @DefaultValue("30s") Duration unclaimed) {
  public DispatchProperties {
    if (!tick.isPositive() || lease.compareTo(tick.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException("a lease outlasts two ticks, and a tick takes time");
    }
  }
}
