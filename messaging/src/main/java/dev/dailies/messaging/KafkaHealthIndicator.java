package dev.dailies.messaging;

import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Whether an event could be sent and received now. */
final class KafkaHealthIndicator extends AbstractHealthIndicator {
  private final KafkaBackbone backbone;

  KafkaHealthIndicator(KafkaBackbone backbone) {
    this.backbone = backbone;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    Optional<String> trouble = backbone.missing().or(() -> backbone.ask(Duration.ofSeconds(2)));
    trouble.ifPresentOrElse(why -> builder.down().withDetail("reason", why), builder::up);
  }
}
