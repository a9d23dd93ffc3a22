package dev.dailies.edge;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Whether it is known who may come in: before, every key is told to try again. */
final class AccessHealthIndicator extends AbstractHealthIndicator {
  private final KeyDirectory keys;

  AccessHealthIndicator(KeyDirectory keys) {
    this.keys = keys;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) {
    if (keys.ready()) {
      health.up();
    } else {
      health.down().withDetail("missing", "what is said of keys and members, to its end");
    }
  }
}
