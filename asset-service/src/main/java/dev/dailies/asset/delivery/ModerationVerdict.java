package dev.dailies.asset.delivery;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import java.util.List;
import java.util.Optional;

/**
 * What moderation said of an asset.
 *
 * @param decision counts up per asset; a higher one replaces a lower one
 * @param policy version of the policy that decided
 */
public record ModerationVerdict(
    AssetId asset,
    WorkspaceId workspace,
    GenerationId generation,
    long decision,
    Outcome outcome,
    Optional<String> policy,
    List<Signal> signals,
    List<String> reasons) {
  /** The outcome; anything but clear keeps the asset from view. */
  public enum Outcome {
    CLEAR,
    HOLD,
    BLOCK
  }

  /** One thing that was noticed. */
  public record Signal(String provider, String category, String medium, Optional<Double> score) {}
}
