package dev.dailies.asset.delivery;

import org.apache.coyote.CloseNowException;

/**
 * A content that was being sent is not sent to its end. The server answers this by breaking the
 * connection, which is all that can tell the client after the length has been announced.
 */
final class ContentCutOff extends CloseNowException {
  private static final long serialVersionUID = 1L;

  ContentCutOff(String reason) {
    super(reason);
  }

  ContentCutOff(String reason, Throwable cause) {
    super(reason, cause);
  }
}
