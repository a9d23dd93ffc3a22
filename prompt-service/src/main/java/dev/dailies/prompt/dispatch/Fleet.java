package dev.dailies.prompt.dispatch;

import dev.dailies.contracts.Pool;
import dev.dailies.contracts.event.EndpointHealth;
import dev.dailies.contracts.event.EndpointState;
import dev.dailies.contracts.event.WorkerHeartbeat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The workers as their heartbeats tell: which live, and what slots they see.
 *
 * <p>A beat is good for a while from when it is read, by this process's clock, so that clocks that
 * differ a little between machines do no harm. One that is far too old when it is read, as old
 * beats in the topic are, counts from when it was written.
 */
public final class Fleet {
  private static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(30);

  private final Duration freshness;
  private final Clock clock;
  private final Consumer<Pool> changed;
  private final Map<String, Seen> workers = new ConcurrentHashMap<>();

  private record Seen(WorkerHeartbeat beat, Instant at) {}

  /**
   * An empty fleet.
   *
   * @param freshness how long a beat is good for
   * @param changed told when what a pool can take may have changed
   */
  public Fleet(Duration freshness, Clock clock, Consumer<Pool> changed) {
    this.freshness = freshness;
    this.clock = clock;
    this.changed = changed;
  }

  /**
   * What a pool can take.
   *
   * @param workers that live and claim
   * @param slots that healthy endpoints have, each endpoint counted once
   * @param models that they run, as endpoints name them
   * @param anyModel whether some endpoint does not say what it runs
   */
  public record Capacity(int workers, int slots, Set<String> models, boolean anyModel) {
    /** Whether some endpoint runs a model of one of these names. */
    public boolean runs(String model, String endpointModel) {
      return anyModel || models.contains(model) || models.contains(endpointModel);
    }

    /** Most attempts that may be under way: one in each slot and one ahead of it. */
    public int attempts() {
      return slots * 2;
    }
  }

  /** Takes a heartbeat. */
  public void learn(WorkerHeartbeat beat) {
    Instant now = clock.instant();
    boolean old = Duration.between(beat.getAt(), now).compareTo(CLOCK_DIFFERENCE) > 0;
    Seen seen = new Seen(beat, old ? beat.getAt() : now);
    Seen before = workers.get(beat.getWorker());
    if (before != null && before.beat().getVersion() > beat.getVersion()) {
      return;
    }
    workers.put(beat.getWorker(), seen);
    workers.values().removeIf(s -> s.at().plus(freshness.multipliedBy(10)).isBefore(now));
    if (before == null || !says(before.beat()).equals(says(beat)) || !isFresh(before, now)) {
      changed.accept(new Pool(beat.getPool()));
    }
  }

  /** A worker has left for good. */
  public void forget(String worker) {
    workers.remove(worker);
  }

  /** What a pool can take now. */
  public Capacity capacity(Pool pool) {
    Instant now = clock.instant();
    Map<String, Integer> slots = new HashMap<>();
    Set<String> models = new HashSet<>();
    boolean anyModel = false;
    int live = 0;
    for (Seen seen : workers.values()) {
      WorkerHeartbeat beat = seen.beat();
      if (!beat.getPool().equals(pool.value()) || !beat.getClaiming() || !isFresh(seen, now)) {
        continue;
      }
      live++;
      for (EndpointState endpoint : beat.getEndpoints()) {
        if (isHealthy(endpoint.getHealth()) && endpoint.getSlots() > 0) {
          slots.merge(endpoint.getEndpoint(), endpoint.getSlots(), Math::max);
          models.addAll(endpoint.getModels());
          anyModel |= endpoint.getModels().isEmpty();
        }
      }
    }
    return new Capacity(
        live, slots.values().stream().mapToInt(Integer::intValue).sum(), models, anyModel);
  }

  private boolean isFresh(Seen seen, Instant now) {
    return seen.at().plus(freshness).isAfter(now);
  }

  private static boolean isHealthy(EndpointHealth health) {
    return switch (health) {
      case UP, DEGRADED -> true;
      case DOWN, UNKNOWN -> false;
    };
  }

  /** What matters to dispatch in a beat. */
  private static List<Object> says(WorkerHeartbeat beat) {
    return List.of(
        beat.getPool(),
        beat.getClaiming(),
        beat.getEndpoints().stream()
            .map(e -> List.of(e.getEndpoint(), e.getModels(), e.getSlots(), e.getHealth()))
            .toList());
  }
}
