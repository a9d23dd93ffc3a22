package dev.dailies.prompt.generation;

import java.util.Locale;

/** What watchers of a generation can be told: mostly domain events, by their names. */
public enum FeedKind {
  GENERATION_ACCEPTED,
  /** Holds whose time had come are gone. */
  GENERATION_HOLD_LIFTED,
  /** An attempt is minted and handed to its pool. */
  GENERATION_RELEASED,
  /** An attempt gave nothing; the generation waits for another. */
  GENERATION_REQUEUED,
  GENERATION_CANCEL_REQUESTED,
  GENERATION_CANCELLED,
  GENERATION_FAILED,
  GENERATION_REFUSED,
  GENERATION_COMPLETED,
  /** Its words are gone, and its media will be. */
  GENERATION_ERASED,
  RENDER_CLAIMED,
  RENDER_SUBMITTED,
  /** Told in steps of five percent at most. */
  RENDER_PROGRESSED,
  RENDER_PARKED,
  RENDER_RELEASED,
  RENDER_FAILED,
  RENDER_CANCELLED,
  RENDER_COMPLETED,
  ASSET_READY,
  ASSET_REJECTED,
  ASSET_SURPLUS,
  ASSET_VIEWABLE,
  ASSET_WITHHELD,
  MODERATION_DECIDED,
  SELECTION_DECIDED,
  APPROVAL_DECIDED;

  /** The name as watchers see it. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
