package dev.dailies.asset.ingest;

import dev.dailies.media.Scratch;
import java.io.IOException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.util.unit.DataSize;

/** Whether there is room for media in work. */
final class ScratchHealthIndicator implements HealthIndicator {
  private final Scratch scratch;

  ScratchHealthIndicator(Scratch scratch) {
    this.scratch = scratch;
  }

  @Override
  public Health health() {
    Health.Builder health = Health.up().withDetail("folder", scratch.folder().toString());
    try {
      long usable = scratch.usable();
      health.withDetail("free_megabytes", DataSize.ofBytes(usable).toMegabytes());
      return usable > scratch.reserved()
          ? health.build()
          : health.down().withDetail("reason", "less is free than is to be left free").build();
    } catch (IOException e) {
      return health.down().withDetail("reason", "the folder can't be looked at").build();
    }
  }
}
