package dev.dailies.asset.reference;

import dev.dailies.vault.AssetVault;
import dev.dailies.vault.ObjectKey;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes out of the store what is of no use any more, on a thread of its own: one that can't be
 * removed waits, and the others and the checks go on.
 */
final class SweepReferences implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SweepReferences.class);
  private static final int BATCH = 64;

  private final References references;
  private final Uploads uploads;
  private final AssetVault vault;
  private final Duration scan;
  private final Duration patience;
  private final Duration abandoned;
  private final Thread thread = Thread.ofVirtual().name("reference-sweep").unstarted(this::run);

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
      Duration scan,
      Duration patience,
      Duration abandoned) {
    this.references = references;
    this.uploads = uploads;
    this.vault = vault;
    this.scan = scan;
    this.patience = patience;
    this.abandoned = abandoned;
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(scan);
        guarded("references", this::sweepReferences);
        guarded("uploads", this::sweepUploads);
      }
    } catch (InterruptedException closing) {
      log.debug("No more sweeping");
    }
  }

  private static void guarded(String what, Runnable sweep) {
    try {
      sweep.run();
    } catch (RuntimeException e) {
      log.warn("A sweep of {} failed: {}", what, e.getMessage());
    }
  }

  void sweepReferences() {
    for (References.Upload dead : references.abandoned(abandoned, BATCH)) {
      try {
        vault.delete(ObjectKey.of(dead.workspace(), "references", dead.id().value()));
        references.abandon(dead.id());
      } catch (RuntimeException e) {
        log.warn("{} is still to be removed: {}", dead.id(), e.getMessage());
        references.postpone(dead.id(), patience);
      }
    }
  }

  void sweepUploads() {
    for (Uploads.Dead dead : uploads.dead(BATCH)) {
      try {
        // The whole folder: a piece whose writer died before it was noted lies there too.
        vault.deleteAll(ObjectKey.of(dead.workspace(), "reference-uploads", dead.id()));
        uploads.swept(dead.id());
      } catch (RuntimeException e) {
        log.warn("Pieces of {} are still to be removed: {}", dead.id(), e.getMessage());
        uploads.postpone(dead.id(), patience);
      }
    }
  }
}
