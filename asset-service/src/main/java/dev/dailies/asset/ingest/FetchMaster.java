package dev.dailies.asset.ingest;

import dev.dailies.asset.quality.Finding;
import dev.dailies.asset.quality.FindingCode;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.vault.AssetVault;
import dev.dailies.vault.ObjectKey;
import dev.dailies.vault.ObjectMissing;
import dev.dailies.vault.VaultObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Brings a master from the store to scratch, and makes sure that it is what the worker stored. */
final class FetchMaster {
  private final AssetVault vault;

  FetchMaster(AssetVault vault) {
    this.vault = vault;
  }

  /** What is wrong with it; empty if the file now stands there, byte for byte. */
  Optional<Finding> to(Path file, StoredObject master) throws IOException {
    try (VaultObject object = vault.open(new ObjectKey(master.getKey()))) {
      if (object.size() != master.getSize()) {
        return Optional.of(
            Finding.of(
                FindingCode.DIGEST_MISMATCH,
                object.size() + " bytes",
                master.getSize() + " bytes"));
      }
      String sha256 = object.saveTo(file);
      return sha256.equals(master.getSha256())
          ? Optional.empty()
          : Optional.of(Finding.of(FindingCode.DIGEST_MISMATCH, sha256, master.getSha256()));
    } catch (ObjectMissing e) {
      return Optional.of(Finding.of(FindingCode.MASTER_MISSING));
    }
  }
}
