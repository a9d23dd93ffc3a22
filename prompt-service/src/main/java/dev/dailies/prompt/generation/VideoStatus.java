package dev.dailies.prompt.generation;

import dev.dailies.prompt.generation.AssetFacts.View;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a client of OpenAI's videos contract is told: four words stand for all that happens.
 *
 * <p>{@code queued} until a worker has claimed it, {@code in_progress} until it may be seen. A
 * later decision of moderation changes this projection and nothing else.
 *
 * @param word queued, in_progress, completed or failed
 * @param progress 0 to 100; 100 only when completed
 * @param since when it was completed or failed
 */
public record VideoStatus(
    String word, int progress, Optional<Instant> since, Optional<Problem> problem) {
  private static final int LAST_BEFORE_VIEW = 99;

  /** Why it failed. */
  public record Problem(String code, String message) {}

  /** Whether a client need ask again. */
  public boolean last() {
    return since.isPresent();
  }

  /**
   * The status.
   *
   * @param patience how long moderation may hold a video before it counts as failed
   */
  public static VideoStatus of(VideoFacts facts, Instant now, Duration patience) {
    return switch (facts.state()) {
      case WAITING, RELEASED -> facts.claimed() ? running(facts) : open("queued", 0);
      case RUNNING -> running(facts);
      case RENDERED -> open("in_progress", LAST_BEFORE_VIEW);
      case COMPLETED -> completed(facts, now, patience);
      case FAILED ->
          failed(
              facts,
              facts.endedAt(),
              facts.failure().map(FailureFacts::code).orElse("failed"),
              "The video could not be made.");
      case REFUSED ->
          failed(
              facts,
              facts.endedAt(),
              "moderation_blocked",
              "The request was refused by moderation.");
      case CANCELLED -> failed(facts, facts.endedAt(), "cancelled", "The request was cancelled.");
    };
  }

  private static VideoStatus completed(VideoFacts facts, Instant now, Duration patience) {
    if (facts.view().equals(Optional.of(View.VIEWABLE))) {
      return new VideoStatus("completed", 100, facts.viewAt(), Optional.empty());
    }
    String moderation = facts.moderation().orElse("");
    if (moderation.equals("BLOCK")) {
      return failed(
          facts, facts.moderationAt(), "content_filter", "The video was blocked by moderation.");
    }
    if (moderation.equals("HOLD")) {
      Optional<Instant> deadline = facts.moderationAt().map(since -> since.plus(patience));
      return deadline.filter(now::isAfter).isPresent()
          ? failed(
              facts,
              deadline,
              "moderation_timeout",
              "Moderation held the video for too long; it may still be cleared.")
          : open("in_progress", LAST_BEFORE_VIEW);
    }
    if (facts.view().equals(Optional.of(View.WITHHELD))) {
      return failed(
          facts, facts.viewAt(), "content_withheld", "The video may not be seen any more.");
    }
    return open("in_progress", LAST_BEFORE_VIEW);
  }

  private static VideoStatus running(VideoFacts facts) {
    return open("in_progress", Math.min(facts.percent(), LAST_BEFORE_VIEW));
  }

  private static VideoStatus open(String word, int progress) {
    return new VideoStatus(word, progress, Optional.empty(), Optional.empty());
  }

  private static VideoStatus failed(
      VideoFacts facts, Optional<Instant> since, String code, String message) {
    return new VideoStatus(
        "failed",
        Math.min(facts.percent(), LAST_BEFORE_VIEW),
        Optional.of(since.orElse(facts.acceptedAt())),
        Optional.of(new Problem(code, message)));
  }
}
