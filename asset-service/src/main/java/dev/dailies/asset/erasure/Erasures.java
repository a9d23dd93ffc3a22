package dev.dailies.asset.erasure;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Generations that were erased, and what is left to do for it. Their ids are kept for good. Times
 * are the database's.
 */
public interface Erasures {
  /**
   * A generation whose places in the store are to be cleared.
   *
   * @param assets of all its results, also of those never taken in
   * @param passes how often that was done before
   * @param asks how many reasons there were by now to do it
   */
  record Due(
      GenerationId generation, WorkspaceId workspace, List<AssetId> assets, int passes, int asks) {}

  /**
   * Takes note that a generation is erased: from the commit on nothing of it is served or taken in.
   * Within the caller's transaction; told again it does nothing.
   */
  void ask(GenerationId generation, WorkspaceId workspace);

  /**
   * Whether a result comes too late, since its generation was erased; it is going to be removed
   * then. Holds off an erasure until the caller's transaction ends: the two come by different
   * topics, perhaps to different processes.
   */
  boolean cameLate(GenerationId generation);

  /** Takes those that are due, for so long. */
  List<Due> claim(int most, Duration lease);

  /**
   * Nothing is left in the store. The first time, and whenever something was found, {@code
   * AssetErased} tells it.
   *
   * @param objects how many were removed
   * @param next when to look again for what came without a word; empty: never
   */
  void removed(Due due, int objects, Optional<Duration> next);

  /** The store could not be cleared; try again after this. */
  void postpone(Due due, Duration wait);

  /** How many are not cleared yet. */
  long unconfirmed();
}
