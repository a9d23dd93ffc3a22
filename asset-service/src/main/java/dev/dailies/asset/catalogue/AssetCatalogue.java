package dev.dailies.asset.catalogue;

import dev.dailies.contracts.WorkspaceId;
import java.util.List;
import java.util.Optional;

/** What is known of the assets of a workspace. */
public interface AssetCatalogue {
  /** One asset. */
  Optional<AssetFacts> find(WorkspaceId workspace, String asset);

  /** Every result of a generation, oldest first. */
  List<AssetFacts> ofGeneration(WorkspaceId workspace, String generation);

  /** Every result for a shot, oldest first. */
  List<AssetFacts> ofShot(WorkspaceId workspace, String shot);
}
