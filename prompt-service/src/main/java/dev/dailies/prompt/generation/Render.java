package dev.dailies.prompt.generation;

import dev.dailies.contracts.RenderId;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempt, as far as it matters for what comes next.
 *
 * @param counts whether its end counts against the retry policy
 * @param failure why it ended without a result
 * @param notBefore no further attempt before
 * @param endedAt when it ended, by the worker's clock
 */
public record Render(
    RenderId id,
    int attempt,
    RenderState state,
    boolean counts,
    Optional<FailureFacts> failure,
    Optional<Instant> notBefore,
    Optional<Instant> endedAt,
    Optional<Spent> cost) {}
