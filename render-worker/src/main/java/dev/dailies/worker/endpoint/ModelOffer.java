package dev.dailies.worker.endpoint;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one model can do at one endpoint.
 *
 * @param name as the endpoint names it
 * @param sizes the sizes it can make; empty: any
 * @param lengths the lengths it can make; empty: any
 * @param sound whether its clips have sound
 * @param pricePerSecond price as billed where the endpoint reports none
 */
public record ModelOffer(
    String name,
    List<FrameSize> sizes,
    List<Duration> lengths,
    boolean sound,
    Optional<Charge> pricePerSecond) {
  private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);

  public ModelOffer {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a model has a name");
    }
    sizes = List.copyOf(sizes);
    lengths = lengths.stream().sorted().toList();
  }

  /** The price of a clip of this length. */
  public Optional<Charge> priceOf(Duration length) {
    return pricePerSecond.map(price ->
        new Charge(
            price.amount().multiply(BigDecimal.valueOf(length.toMillis())).divide(MILLIS),
            price.currency()));
  }
}
