package dev.dailies.asset.ingest;

import dev.dailies.media.MediaPrograms;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether media could be looked at and made now. */
final class FfmpegHealthIndicator implements HealthIndicator {
  @Override
  public Health health() {
    return MediaPrograms.obstacle()
        .map(why -> Health.down().withDetail("reason", why).build())
        .orElseGet(() -> Health.up().build());
  }
}
