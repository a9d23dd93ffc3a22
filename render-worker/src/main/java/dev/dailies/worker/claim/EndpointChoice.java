package dev.dailies.worker.claim;

import dev.dailies.contracts.event.Money;
import dev.dailies.contracts.event.Operation;
import dev.dailies.contracts.event.RenderJob;
import dev.dailies.worker.endpoint.Charge;
import dev.dailies.worker.endpoint.EndpointDefinition;
import dev.dailies.worker.endpoint.EndpointRegistry;
import dev.dailies.worker.endpoint.EndpointWatch;
import dev.dailies.worker.endpoint.ModelOffer;
import dev.dailies.worker.endpoint.ParentRoute;
import dev.dailies.worker.ledger.ClaimOffer.Choice;
import dev.dailies.worker.ledger.SlotBoard;
import dev.dailies.worker.ledger.SlotCount;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses where jobs run: among the endpoints that offer the model within the price ceiling, those
 * that are up before those that are down, then the most free slots, then the cheapest. One choice
 * round counts down the free slots that it has given out.
 */
public final class EndpointChoice {
  private final EndpointRegistry registry;
  private final EndpointWatch watch;
  private final Map<String, Integer> free = new HashMap<>();

  public EndpointChoice(EndpointRegistry registry, EndpointWatch watch, SlotBoard board) {
    this.registry = registry;
    this.watch = watch;
    for (SlotCount count : board.endpoints()) {
      free.put(count.endpoint(), count.takeable());
    }
  }

  private record Candidate(EndpointDefinition definition, boolean up, int free, BigDecimal price) {}

  /** Empty if no endpoint of this pool may run it. */
  public Optional<Choice> choose(RenderJob job) {
    List<Candidate> candidates =
        registry.all().stream()
            .map(EndpointRegistry.Entry::definition)
            .filter(definition -> mayRun(definition, job, registry))
            .map(definition ->
                new Candidate(
                    definition,
                    watch.downReason(definition.name()).isEmpty(),
                    free.getOrDefault(definition.name(), 0),
                    price(definition, job).map(Charge::amount).orElse(BigDecimal.ZERO)))
            .toList();
    Optional<Candidate> best =
        candidates.stream()
            .min(
                Comparator.comparing(Candidate::up)
                    .reversed()
                    .thenComparing(Comparator.comparingInt(Candidate::free).reversed())
                    .thenComparing(Candidate::price)
                    .thenComparing(candidate -> candidate.definition().name()));
    best.ifPresent(candidate -> free.merge(candidate.definition().name(), -1, Integer::sum));
    return best.map(
        candidate -> new Choice(candidate.definition().name(), reason(candidate, candidates)));
  }

  private static String reason(Candidate chosen, List<Candidate> candidates) {
    if (candidates.size() == 1) {
      return "only_endpoint";
    }
    return chosen.up() && chosen.free() > 0 ? "most_free_slots" : "shortest_wait";
  }

  private static boolean mayRun(
      EndpointDefinition definition, RenderJob job, EndpointRegistry registry) {
    if (definition.offer(job.getEndpointModel()).isEmpty()) {
      return false;
    }
    if (!ParentRoute.mayGo(job, definition, registry)) {
      return false;
    }
    Optional<Money> ceiling = job.getPriceCeiling();
    Optional<Charge> price = price(definition, job);
    return ceiling.isEmpty()
        || price.isEmpty()
        || (price.get().currency().equals(ceiling.get().getCurrency())
            && price.get().amount().compareTo(ceiling.get().getAmount()) <= 0);
  }

  /** What is there already of an extension is paid for. */
  private static long madeMillis(RenderJob job) {
    long whole = job.getForm().getOutput().getLengthMillis();
    return job.getForm().getOperation() == Operation.EXTEND
        ? Math.max(0, whole - job.getParentLengthMillis().orElse(0L))
        : whole;
  }

  private static Optional<Charge> price(EndpointDefinition definition, RenderJob job) {
    Duration length = Duration.ofMillis(madeMillis(job));
    return definition
        .offer(job.getEndpointModel())
        .flatMap((ModelOffer offer) -> offer.priceOf(length));
  }
}
