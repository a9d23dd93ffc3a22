package dev.dailies.prompt.generation;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.RenderId;
import java.time.Instant;

/**
 * What asset-service found of the result of one render.
 *
 * @param finding code of the first fatal finding; "none" where there is none
 * @param retryCouldHelp whether another attempt could give a better one
 * @param at when it was found
 */
public record AssetVerdict(
    AssetId asset,
    RenderId render,
    Technical technical,
    String finding,
    boolean retryCouldHelp,
    Instant at) {

  /** The outcome of the technical checks. */
  public enum Technical {
    READY,
    REJECTED,
    /** Good, but the generation had its result already. */
    SURPLUS
  }
}
