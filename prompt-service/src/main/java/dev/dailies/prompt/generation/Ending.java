package dev.dailies.prompt.generation;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.RenderId;
import java.time.Instant;
import java.util.Optional;

/** How a generation ended. */
public record Ending(
    GenerationState state,
    Instant at,
    Optional<RenderId> render,
    Optional<AssetId> asset,
    Optional<FailureFacts> failure) {
  public Ending {
    if (!state.ended()) {
      throw new IllegalArgumentException(state + " is no end");
    }
    if (asset.isPresent() != (state == GenerationState.COMPLETED)) {
      throw new IllegalArgumentException("a completed generation has an asset, no other has");
    }
  }

  static Ending without(GenerationState state, Instant at, Optional<FailureFacts> failure) {
    return new Ending(state, at, Optional.empty(), Optional.empty(), failure);
  }
}
