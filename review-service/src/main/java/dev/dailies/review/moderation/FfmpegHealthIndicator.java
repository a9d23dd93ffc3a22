package dev.dailies.review.moderation;

import dev.dailies.media.MediaPrograms;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Whether pictures could be sampled now. */
@Component
class FfmpegHealthIndicator extends AbstractHealthIndicator {
  @Override
  protected void doHealthCheck(Health.Builder health) {
    MediaPrograms.obstacle()
        .ifPresentOrElse(why -> health.down().withDetail("reason", why), health::up);
  }
}
