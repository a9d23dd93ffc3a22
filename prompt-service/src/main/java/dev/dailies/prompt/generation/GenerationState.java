package dev.dailies.prompt.generation;

/**
 * Where a generation stands. The first four are open, and follow from its newest render; the last
 * four are ends, and a generation reaches exactly one of them, once.
 */
public enum GenerationState {
  /** In the database, until its holds are gone and a slot can take it. */
  WAITING,
  /** Handed to a pool, not yet claimed by a worker. */
  RELEASED,
  /** A worker has it. */
  RUNNING,
  /** The result is stored, and is being checked. */
  RENDERED,
  /** Its asset is ready. */
  COMPLETED,
  /** No attempt gave a video, and none will. */
  FAILED,
  /** Moderation refused the request. */
  REFUSED,
  /** Cancelled before there was a result. */
  CANCELLED;

  /** Whether it is an end. */
  public boolean ended() {
    return switch (this) {
      case WAITING, RELEASED, RUNNING, RENDERED -> false;
      case COMPLETED, FAILED, REFUSED, CANCELLED -> true;
    };
  }
}
