package dev.dailies.asset.ingest;

import dev.dailies.asset.preview.SpriteSheet;
import dev.dailies.asset.quality.Finding;
import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.event.AssetObject;
import dev.dailies.contracts.event.MediaFacts;
import java.util.List;

/** What ingest found out about a result. */
public sealed interface IngestResult {
  /**
   * Whole, checked, labelled and stored.
   *
   * @param objects all its forms, the master among them
   * @param findings what was noticed without being fatal
   */
  record Usable(
      List<AssetObject> objects, MediaFacts media, SpriteSheet sheet, List<Finding> findings)
      implements IngestResult {}

  /** Not usable; at least one finding is fatal. */
  record Unusable(List<Finding> findings) implements IngestResult {
    public Unusable {
      if (!Finding.anyFatal(findings)) {
        throw new IllegalArgumentException("unusable without a fatal finding: " + findings);
      }
    }
  }

  /** The generation has another result already; this one was not looked at. */
  record NotNeeded(AssetId taken) implements IngestResult {}
}
