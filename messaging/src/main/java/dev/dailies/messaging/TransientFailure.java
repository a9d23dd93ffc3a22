package dev.dailies.messaging;

/** Something outside is down for now: the record is tried again until it is back, never parked. */
public final class TransientFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TransientFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
