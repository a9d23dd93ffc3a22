package dev.dailies.prompt.generation;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.RenderId;
import java.time.Instant;
import java.util.Optional;

/**
 * What one event says of an attempt.
 *
 * @param sequence place of the event among those of the attempt
 * @param state the state it implies
 * @param at when it happened, by the worker's clock
 */
public record RenderNews(
    RenderId render,
    GenerationId generation,
    long sequence,
    RenderState state,
    Instant at,
    Detail detail) {

  /** What kinds of events add to it. */
  public sealed interface Detail {
    record Claimed(String worker, String endpoint) implements Detail {}

    record Submitted(String endpoint, String vendorId, String origin) implements Detail {}

    record Progressed(int percent) implements Detail {}

    record Parked(String endpoint, String reason) implements Detail {}

    /**
     * An end of any kind.
     *
     * @param counts whether it counts against the retry policy
     */
    record Ended(
        Optional<String> endpoint,
        Optional<String> vendorId,
        boolean counts,
        Optional<FailureFacts> failure,
        Optional<Instant> notBefore,
        Optional<Spent> cost)
        implements Detail {}
  }
}
