package dev.dailies.asset.ingest;

import dev.dailies.media.MediaPrograms;
import java.nio.file.Files;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether ffmpeg and ffprobe are there and start; unpacking them tries that. */
final class FfmpegHealthIndicator implements HealthIndicator {
  @Override
  public Health health() {
    try {
      MediaPrograms programs = MediaPrograms.shared();
      return Files.isExecutable(programs.ffmpeg()) && Files.isExecutable(programs.ffprobe())
          ? Health.up().withDetail("ffmpeg", programs.ffmpeg().toString()).build()
          : Health.down().withDetail("reason", "ffmpeg is no longer there").build();
    } catch (RuntimeException | LinkageError e) {
      return Health.down().withDetail("reason", "ffmpeg can't be unpacked or started").build();
    }
  }
}
