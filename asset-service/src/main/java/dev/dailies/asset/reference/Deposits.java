package dev.dailies.asset.reference;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.edge.RefusalException;
import dev.dailies.media.Scratch;
import dev.dailies.vault.AssetVault;
import dev.dailies.vault.ObjectKey;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Puts uploads into the store. Each that is large holds a part of it in memory meanwhile, so there
 * are only so many at once; what is put comes from disk or store, never from a client's connection,
 * so none holds the others up for long.
 */
final class Deposits {
  private static final int AT_ONCE = 4;
  private static final int SMALL = 1 << 20;
  private static final long PATIENCE_SECONDS = 20;

  private final AssetVault vault;
  private final Scratch scratch;
  private final Semaphore large = new Semaphore(AT_ONCE);

  Deposits(AssetVault vault, Scratch scratch) {
    this.vault = vault;
    this.scratch = scratch;
  }

  /** A place on the disk for what a client sends. */
  Spool spool() {
    return new Spool(scratch);
  }

  /** Puts content of that many bytes; a refusal means that nothing was put. */
  StoredObject put(ObjectKey key, InputStream content, long bytes, String contentType) {
    if (bytes <= SMALL) {
      return vault.put(key, content, contentType).object();
    }
    await();
    try {
      return vault.put(key, content, contentType).object();
    } finally {
      large.release();
    }
  }

  private void await() {
    try {
      if (large.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new RefusalException(
            ErrorCode.RATE_LIMIT_EXCEEDED, "Too many large uploads are being stored; try again.")
        .header("Retry-After", "2");
  }
}
