package dev.dailies.worker.endpoint;

import java.util.List;
import java.util.Optional;

/**
 * What will be submitted.
 *
 * @param effective the request as the model can do it
 * @param adjustments how that differs from what was asked
 * @param estimate what it should cost by the registry's price
 */
public record Plan(RenderRequest effective, List<Adjusted> adjustments, Optional<Charge> estimate) {
  public Plan {
    adjustments = List.copyOf(adjustments);
  }
}
