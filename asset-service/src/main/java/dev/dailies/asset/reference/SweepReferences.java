package dev.dailies.asset.reference;

import dev.dailies.vault.AssetVault;
import dev.dailies.vault.ObjectKey;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes out of the store what is of no use any more. One that can't be removed waits, and the
 * others go on.
 */
final class SweepReferences {
  private static final Logger log = LoggerFactory.getLogger(SweepReferences.class);
  private static final int BATCH = 64;

  private final References references;
  private final Uploads uploads;
  private final AssetVault vault;
  private final Duration patience;
  private final Duration abandoned;

  /**
   * Sweeps by this store.
   *
   * @param patience wait before what could not be removed is tried again
   * @param abandoned age at which an upload that was never finished is removed
   */
  SweepReferences(
      References references,
      Uploads uploads,
      AssetVault vault,
      Duration patience,
      Duration abandoned) {
    this.references = references;
    this.uploads = uploads;
    this.vault = vault;
    this.patience = patience;
    this.abandoned = abandoned;
  }

  /** Those that were never finished, and what was removed; whether there may be more. */
  boolean references() {
    List<References.Upload> all = references.abandoned(abandoned, BATCH);
    for (References.Upload dead : all) {
      try {
        vault.delete(ObjectKey.of(dead.workspace(), "references", dead.id().value()));
        references.abandon(dead.id());
      } catch (RuntimeException e) {
        log.warn("{} is still to be removed: {}", dead.id(), e.getMessage());
        references.postpone(dead.id(), patience);
      }
    }
    return all.size() == BATCH;
  }

  /** Pieces of uploads that have ended; whether there may be more. */
  boolean uploads() {
    List<Uploads.Dead> all = uploads.dead(BATCH);
    for (Uploads.Dead dead : all) {
      try {
        // The whole folder: a piece whose writer died before it was noted lies there too.
        vault.deleteAll(ObjectKey.of(dead.workspace(), "reference-uploads", dead.id()));
        uploads.swept(dead.id());
      } catch (RuntimeException e) {
        log.warn("Pieces of {} are still to be removed: {}", dead.id(), e.getMessage());
        uploads.postpone(dead.id(), patience);
      }
    }
    return all.size() == BATCH;
  }
}
