package dev.dailies.prompt.generation;

/** Where an attempt stands, as far as the workers have told. */
public enum RenderState {
  /** Its job is on the topic; nobody has claimed it. */
  QUEUED,
  CLAIMED,
  /** The endpoint has taken the paid work. */
  SUBMITTED,
  /** What became of the paid work is not known: a person decides. */
  PARKED,
  COMPLETED,
  FAILED,
  /** Given back before anything was submitted. */
  RELEASED,
  CANCELLED;

  /** Whether it has come to an end: before that there is no further attempt. */
  public boolean decided() {
    return switch (this) {
      case QUEUED, CLAIMED, SUBMITTED, PARKED -> false;
      case COMPLETED, FAILED, RELEASED, CANCELLED -> true;
    };
  }
}
