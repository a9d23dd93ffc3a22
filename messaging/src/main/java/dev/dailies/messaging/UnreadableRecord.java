package dev.dailies.messaging;

/** A record that no repeat will make readable: to be parked at once. */
final class UnreadableRecord extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  UnreadableRecord(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Stable code: {@code malformed} or {@code schema-unknown}. */
  String reason() {
    return reason;
  }
}
