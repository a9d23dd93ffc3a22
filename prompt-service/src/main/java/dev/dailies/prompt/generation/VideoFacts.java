package dev.dailies.prompt.generation;

import dev.dailies.contracts.GenerationId;
import java.time.Instant;
import java.util.Optional;

/**
 * All that the {@code /v1} answer is made from.
 *
 * @param prompt empty once erased
 * @param claimed whether any attempt was ever claimed
 * @param percent what the endpoint says of the newest attempt
 * @param moderation what moderation last decided
 */
public record VideoFacts(
    GenerationId id,
    Specification.Form form,
    Optional<String> prompt,
    GenerationState state,
    boolean claimed,
    int percent,
    Instant acceptedAt,
    Optional<Instant> endedAt,
    Optional<FailureFacts> failure,
    Optional<AssetFacts.View> view,
    Optional<Instant> viewAt,
    Optional<String> moderation,
    Optional<Instant> moderationAt) {

  /** As it is right after it was accepted. */
  static VideoFacts accepted(GenerationId id, Specification specification, Instant at) {
    return new VideoFacts(
        id,
        specification.form(),
        Optional.of(specification.words().prompt()),
        GenerationState.WAITING,
        false,
        0,
        at,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
