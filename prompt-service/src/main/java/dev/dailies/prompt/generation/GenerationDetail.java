package dev.dailies.prompt.generation;

import dev.dailies.contracts.RenderId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that is known of one generation. */
public record GenerationDetail(
    Generation generation,
    Specification.Form form,
    Optional<Specification.Words> words,
    Map<String, String> metadata,
    Optional<Instant> endedAt,
    Optional<String> render,
    Optional<String> asset,
    boolean cancelledTooLate,
    Optional<FailureFacts> failure,
    Optional<Estimate> estimate,
    List<Hold> holds,
    List<Attempt> attempts,
    Optional<Facts> facts,
    List<SourceStore.Derived> derived,
    Optional<Erasure> erasure) {

  /** How far its erasure is; the later times are those of the other services' words. */
  public record Erasure(
      Instant askedAt,
      Optional<Instant> erasedAt,
      Optional<Instant> mediaRemovedAt,
      Optional<Instant> reviewsRemovedAt) {}

  /** What it was expected to cost when it was accepted. */
  public record Estimate(BigDecimal amount, String currency) {}

  /**
   * One attempt with all that was told of it.
   *
   * @param reason why it was made
   */
  public record Attempt(
      RenderId id,
      int attempt,
      RenderState state,
      String reason,
      int progress,
      Optional<String> worker,
      Optional<String> endpoint,
      Optional<String> vendorId,
      Instant mintedAt,
      Optional<Instant> claimedAt,
      Optional<Instant> submittedAt,
      Optional<Instant> parkedAt,
      Optional<String> parkReason,
      Optional<Instant> endedAt,
      Optional<FailureFacts> failure,
      Optional<Instant> notBefore,
      Optional<Spent> cost) {}

  /** The independent facts of its asset. */
  public record Facts(
      String asset,
      Optional<String> technical,
      Optional<Instant> technicalAt,
      Optional<String> finding,
      Optional<String> moderation,
      Optional<Instant> moderationAt,
      Optional<String> view,
      Optional<Instant> viewAt,
      Optional<String> selection,
      Optional<String> approval) {}
}
