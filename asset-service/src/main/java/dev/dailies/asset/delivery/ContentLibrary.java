package dev.dailies.asset.delivery;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.AssetVariant;
import dev.dailies.vault.ObjectKey;
import java.util.Optional;

/** Finds what may be seen. What may not, does not exist here. */
interface ContentLibrary {
  /** One form of an asset that may be seen. */
  record Content(AssetId asset, ObjectKey key, long size, String sha256, String contentType) {
    /** A strong validator: the bytes at a key never change. */
    String etag() {
      return "\"" + sha256 + "\"";
    }
  }

  /** A form of the result of a generation. */
  Optional<Content> ofGeneration(WorkspaceId workspace, String generation, AssetVariant variant);

  /** A form of an asset. */
  Optional<Content> ofAsset(WorkspaceId workspace, String asset, AssetVariant variant);

  /** Whether the asset may still be seen. */
  boolean viewable(AssetId asset);
}
