package dev.dailies.worker.ledger;

/** Where a render stands in the ledger. */
public enum RenderState {
  /** Held by a worker; nothing has been submitted. Has a slot, or waits for one. */
  CLAIMED,
  /** The paid work may have been asked for: the client reference is durable, its answer is not. */
  SUBMITTING,
  /** The endpoint took it; its id and origin are durable. */
  SUBMITTED,
  /** The endpoint is done, the slot is free again; the result is not stored yet. */
  RENDERED,
  /** Nobody can tell whether the endpoint took it. A person decides. */
  PARKED,
  /** The result is stored. */
  COMPLETED,
  FAILED,
  /** Ended before anything was submitted. */
  RELEASED,
  CANCELLED;

  /** Whether nothing can change any more. */
  public boolean ended() {
    return switch (this) {
      case CLAIMED, SUBMITTING, SUBMITTED, RENDERED, PARKED -> false;
      case COMPLETED, FAILED, RELEASED, CANCELLED -> true;
    };
  }
}
