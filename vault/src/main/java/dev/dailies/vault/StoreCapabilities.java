package dev.dailies.vault;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.UUID;

/**
 * What a store was seen to do. Stores that call themselves S3 differ, so each is tried once.
 *
 * @param conditionalPut refuses to write over an object ({@code If-None-Match: *}). Where it does
 *     not, of two processes that store the same key at once the slower one silently wins
 * @param ranges gives a part of an object
 */
public record StoreCapabilities(boolean conditionalPut, boolean ranges) {
  /** Tries a store with an object of its own, which is removed again. */
  static StoreCapabilities probe(AssetVault vault) {
    ObjectKey key = new ObjectKey("system/probe/" + UUID.randomUUID());
    byte[] content = {1, 2, 3};
    try {
      vault.put(key, new ByteArrayInputStream(content), "application/octet-stream");
      var second = vault.put(key, new ByteArrayInputStream(content), "application/octet-stream");
      boolean ranges;
      try (VaultObject part = vault.open(key, 1, 1)) {
        ranges = part.length() == 1 && part.stream().read() == 2;
      } catch (IOException e) {
        ranges = false;
      }
      return new StoreCapabilities(second instanceof PutOutcome.AlreadyThere, ranges);
    } finally {
      vault.delete(key);
    }
  }
}
