package dev.dailies.asset.delivery;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;

/**
 * The sole judge of who may see an asset. It is told facts, in any order and more than once; when
 * what follows from them changes, it says so to the world ({@code AssetViewable}, {@code
 * AssetWithheld}), in the transaction in which it was told.
 */
public interface ViewJudge {
  /** The asset is whole, checked, labelled and stored. */
  void becomeReady(
      AssetId asset, WorkspaceId workspace, GenerationId generation, long deliverySize);

  /** Moderation decided; an older decision than the one known is passed over. */
  void moderate(ModerationVerdict verdict);

  /** A generation was erased, and its assets with it. */
  void erase(GenerationId generation);
}
