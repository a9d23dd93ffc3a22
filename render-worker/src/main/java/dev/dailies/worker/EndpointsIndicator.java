package dev.dailies.worker;

import dev.dailies.worker.endpoint.EndpointDefinition;
import dev.dailies.worker.endpoint.EndpointRegistry;
import dev.dailies.worker.endpoint.EndpointWatch;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Whether a job would be rendered now: control is read, and some endpoint would take it. */
final class EndpointsIndicator extends AbstractHealthIndicator {
  private final EndpointRegistry registry;
  private final EndpointWatch watch;
  private final BooleanSupplier controlRead;

  EndpointsIndicator(EndpointRegistry registry, EndpointWatch watch, BooleanSupplier controlRead) {
    this.registry = registry;
    this.watch = watch;
    this.controlRead = controlRead;
  }

  @Override
  protected void doHealthCheck(Health.Builder builder) {
    List<String> names =
        registry.all().stream()
            .map(EndpointRegistry.Entry::definition)
            .map(EndpointDefinition::name)
            .toList();
    boolean some = false;
    for (String name : names) {
      Optional<String> trouble = watch.downReason(name);
      builder.withDetail(name, trouble.map(why -> "down: " + why).orElse("up"));
      some = some || trouble.isEmpty();
    }
    if (!controlRead.getAsBoolean()) {
      builder.withDetail("reason", "render.control.v1 has not been read yet");
    }
    builder.status(
        some && controlRead.getAsBoolean()
            ? org.springframework.boot.health.contributor.Status.UP
            : org.springframework.boot.health.contributor.Status.DOWN);
  }
}
