package dev.dailies.messaging;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Whether the database stands as this build needs it. */
final class SchemaHealthIndicator extends AbstractHealthIndicator {
  private final DatabaseSchema schema;

  SchemaHealthIndicator(DatabaseSchema schema) {
    this.schema = schema;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    if (schema.current()) {
      builder.up();
    } else {
      builder.down().withDetail("reason", "the database has not been brought up to date yet");
    }
  }
}
