package dev.dailies.asset.delivery;

/** A content that was being sent is not sent to its end. */
final class ContentCutOff extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ContentCutOff(String reason) {
    super(reason);
  }

  ContentCutOff(String reason, Throwable cause) {
    super(reason, cause);
  }
}
