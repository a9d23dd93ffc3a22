package dev.dailies.review.moderation;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.stereotype.Component;

/** Which policy is in force, and whether all whom it requires are there. */
@Component
class PolicyHealthIndicator extends AbstractHealthIndicator {
  private final ModerationPolicy policy;
  private final Panel panel;

  PolicyHealthIndicator(ModerationPolicy policy, Panel panel) {
    this.policy = policy;
    this.panel = panel;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    health
        .up()
        .withDetail("version", policy.version())
        .withDetail("providers", panel.providers().stream().map(ModerationProvider::name).toList());
    if (!panel.absent().isEmpty()) {
      // Everything is held until they are configured.
      health.down().withDetail("missing", panel.absent());
    }
  }
}
