package dev.dailies.review.moderation;

import dev.dailies.media.MediaPrograms;
import java.nio.file.Files;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether pictures could be sampled now. */
@Component
class FfmpegHealthIndicator extends AbstractHealthIndicator {
  @Override
  protected void doHealthCheck(Health.Builder health) {
    if (Files.isExecutable(MediaPrograms.shared().ffmpeg())) {
      health.up();
    } else {
      health.down().withDetail("missing", "ffmpeg can't be run");
    }
  }
}
