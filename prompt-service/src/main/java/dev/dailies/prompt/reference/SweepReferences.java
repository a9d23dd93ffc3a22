package dev.dailies.prompt.reference;

import dev.dailies.vault.AssetVault;
import dev.dailies.vault.ObjectKey;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes uploads that were begun and never finished, or discarded, with what was stored of them.
 * Each is claimed first, so that its upload can't be finished any more; no transaction waits for
 * the store.
 */
final class SweepReferences {
  private static final Logger log = LoggerFactory.getLogger(SweepReferences.class);
  private static final int BATCH = 64;

  private final Unfinished uploads;
  private final AssetVault vault;
  private final Duration age;

  SweepReferences(Unfinished uploads, AssetVault vault, Duration age) {
    this.uploads = uploads;
    this.vault = vault;
    this.age = age;
  }

  void sweep() {
    for (Unfinished.Upload upload : uploads.claim(age, BATCH)) {
      try {
        vault.delete(ObjectKey.of(upload.workspace(), "references", upload.id().value()));
        uploads.swept(upload.workspace(), upload.id());
      } catch (RuntimeException e) {
        log.warn("Upload {} can't be removed now: {}", upload.id(), e.toString());
      }
    }
  }
}
