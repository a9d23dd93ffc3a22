package dev.dailies.review.board;

import dev.dailies.contracts.event.AssetReady;
import dev.dailies.contracts.event.AssetRejected;
import dev.dailies.contracts.event.AssetSurplus;
import dev.dailies.contracts.event.AssetViewable;
import dev.dailies.contracts.event.AssetWithheld;
import dev.dailies.contracts.event.GenerationSpec;
import dev.dailies.contracts.event.Shot;

/**
 * Keeps what other services tell. Every verb may be told twice and in any order: states carry a
 * version and events the sequence of their aggregate, and what is older than the kept one changes
 * nothing. Nothing is kept of an erased generation (see {@link Erasures}).
 */
public interface Facts {
  /** The newest specification of a generation; false if it is older than the kept one or erased. */
  boolean keep(GenerationSpec spec);

  /** The newest state of a shot. */
  void keep(Shot shot);

  /** The asset passed the checks; false if its generation has been erased or this is no news. */
  boolean keep(AssetReady ready);

  /** The asset did not pass. */
  void keep(AssetRejected rejected);

  /** The asset is a second result. */
  void keep(AssetSurplus surplus);

  /** The asset is served. */
  void keep(AssetViewable viewable);

  /** The asset is not served any more. */
  void keep(AssetWithheld withheld);
}
