package dev.dailies.prompt.dispatch;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.Pool;
import dev.dailies.contracts.RenderId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a dispatcher must know of the attempts and holds of its pool. */
interface Ledger {
  /** An attempt that nobody has claimed for a while. */
  record Unclaimed(
      RenderId id,
      GenerationId generation,
      int attempt,
      String endpointModel,
      Instant mintedAt,
      Instant handedOutAt) {}

  /**
   * Attempts of a pool that take a place: handed out and not yet decided. Parked ones are left out;
   * they wait for people, and would starve the pool.
   */
  int underWay(Pool pool);

  /** Attempts that were handed out so long ago and are still not claimed, the oldest first. */
  List<Unclaimed> unclaimed(Pool pool, Duration since, int most);

  /** Takes note that an attempt is handed out again; whether it still is as {@code last} says. */
  boolean handOutAgain(Unclaimed last);

  /** Generations of a pool that still wait though their deadline has passed. */
  List<GenerationId> overdue(Pool pool, int most);

  /** Generations with a hold whose time has come. */
  List<GenerationId> lapsing(int most);

  /** Removes the holds of these whose time has come. */
  void lapseHolds(List<GenerationId> generations);
}
