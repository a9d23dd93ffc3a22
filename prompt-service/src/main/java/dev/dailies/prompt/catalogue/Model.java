package dev.dailies.prompt.catalogue;

import dev.dailies.contracts.Pool;
import dev.dailies.contracts.event.Operation;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A model that users can ask for: what it can do, what it costs and who runs it.
 *
 * @param id what a request names
 * @param title what people read
 * @param since first day on which it was offered
 * @param pool the workers that run it
 * @param endpointModel what its endpoints call it
 * @param sizes pictures it can make, the preferred first
 * @param seconds lengths it can make
 * @param frameRates frames a second it can make, the usual first
 * @param audio whether it makes sound
 * @param operations what it can do: generate, remix, edit, extend, ...; generate where none is
 *     named
 * @param references kinds of media it can start from: image, video, audio
 * @param prices what it costs, each for a time; no two at once
 * @param retires first day on which it is offered no longer
 * @param successor what to ask for then
 */
public record Model(
    String id,
    String title,
    LocalDate since,
    Pool pool,
    String endpointModel,
    List<FrameSize> sizes,
    NavigableSet<Integer> seconds,
    List<Double> frameRates,
    boolean audio,
    Set<String> operations,
    Set<String> references,
    List<Price> prices,
    Optional<LocalDate> retires,
    Optional<String> successor) {

  /** What a model may offer, by the names of the contracts. */
  private static final Set<String> OPERATIONS =
      Arrays.stream(Operation.values())
          .filter(operation -> operation != Operation.UNKNOWN)
          .map(operation -> operation.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> MEDIA = Set.of("image", "video", "audio");

  public Model {
    sizes = List.copyOf(sizes);
    seconds = Collections.unmodifiableNavigableSet(new TreeSet<>(seconds));
    frameRates = List.copyOf(frameRates);
    operations = operations.isEmpty() ? Set.of("generate") : Set.copyOf(operations);
    references = Set.copyOf(references);
    prices = List.copyOf(prices);
    if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      throw new IllegalArgumentException(
          "an id holds 1 to 64 letters, digits, '.', '_' and '-', not '" + id + "'");
    }
    if (title.isBlank() || endpointModel.isBlank()) {
      throw new IllegalArgumentException("title and endpoint-model are not blank");
    }
    if (sizes.isEmpty() || seconds.isEmpty()) {
      throw new IllegalArgumentException("a model makes at least one size and one length");
    }
    if (seconds.first() < 1) {
      throw new IllegalArgumentException("lengths are whole seconds from 1");
    }
    if (frameRates.stream().anyMatch(rate -> !(rate > 0 && rate <= 240))) {
      throw new IllegalArgumentException("frame-rates lie above 0 and up to 240");
    }
    if (!OPERATIONS.containsAll(operations)) {
      throw new IllegalArgumentException("operations are of " + new TreeSet<>(OPERATIONS));
    }
    if (!MEDIA.containsAll(references)) {
      throw new IllegalArgumentException("references are of " + new TreeSet<>(MEDIA));
    }
    requireOnePriceAtATime(prices);
  }

  private static void requireOnePriceAtATime(List<Price> prices) {
    for (Price price : prices) {
      if (prices.stream().filter(other -> other.holdsOn(price.from())).count() > 1) {
        throw new IllegalArgumentException("two prices hold on " + price.from());
      }
    }
  }

  /** Whether it may no longer be asked for on that day. */
  public boolean retiredOn(LocalDate day) {
    return retires.map(last -> !day.isBefore(last)).orElse(false);
  }

  /** Whether it offers that. */
  public boolean offers(Operation operation) {
    return operations.contains(operation.name().toLowerCase(Locale.ROOT));
  }

  /** The price on that day; empty where the catalogue names none. */
  public Optional<Price> priceOn(LocalDate day) {
    return prices.stream().filter(price -> price.holdsOn(day)).findFirst();
  }
}
