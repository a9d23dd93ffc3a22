package dev.dailies.prompt.generation;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.event.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What others say of assets, each fact replaced only by a later word on the same fact. The methods
 * that take in such a word say whether it was the latest.
 */
public interface AssetFacts {
  /** Whether an asset may be seen, by asset-service. */
  enum View {
    VIEWABLE,
    WITHHELD
  }

  /** Technical findings on the result of a render. */
  boolean judged(GenerationId generation, AssetVerdict verdict, long sequence);

  /** Where its media are: the master, and the poster where there is one. */
  void stored(AssetId asset, StoredObject master, Optional<StoredObject> poster);

  /** It may be seen, or no longer. */
  boolean view(GenerationId generation, AssetId asset, View view, long sequence, Instant at);

  /** What moderation decided: CLEAR, HOLD or BLOCK. */
  boolean moderated(
      GenerationId generation, AssetId asset, String outcome, long decision, Instant at);

  /** What became of it in the choice for its shot. */
  boolean selected(GenerationId generation, AssetId asset, String state, long sequence, Instant at);

  /** What an approver said of it; its generation, if that is known yet and this was the latest. */
  Optional<GenerationId> approved(AssetId asset, String state, long sequence, Instant at);

  /** The verdicts on a generation's results. */
  List<AssetVerdict> verdicts(GenerationId generation);
}
