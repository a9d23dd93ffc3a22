package dev.dailies.edge;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Asked again by an answer that takes long: a key can be revoked, a member deactivated, and a token
 * expire meanwhile.
 */
public final class HttpKeyCheck {
  private final HttpCallers callers;

  HttpKeyCheck(HttpCallers callers) {
    this.callers = callers;
  }

  /** Whether who sent the request would be let in still, and as the same. */
  public boolean stillValid(HttpServletRequest request) {
    try {
      Principal now = callers.identify(request);
      HttpAccess.admit(request, now);
      return HttpAccess.principal(request)
          .map(before -> before.workspace().equals(now.workspace()))
          .orElse(true);
    } catch (RefusalException refusal) {
      return false;
    }
  }
}
