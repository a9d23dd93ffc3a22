package dev.dailies.edge;

import dev.dailies.contracts.Sha256;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;

/** Says who calls, and lets nobody try keys for long. */
final class HttpAuthentication {
  private final HttpCallers callers;
  private final Guessing guessing;

  HttpAuthentication(HttpCallers callers, Guessing guessing) {
    this.callers = callers;
    this.guessing = guessing;
  }

  Principal authenticate(HttpServletRequest request) {
    Optional<String> digest = HttpCallers.bearer(request).map(Sha256::hex);
    String address = String.valueOf(request.getRemoteAddr());
    digest
        .map(tried -> guessing.pause(address, tried))
        .filter(Duration::isPositive)
        .ifPresent(pause -> {
          throw HttpRateLimit.refusal(
              pause, "Too many wrong keys came from your address; try again later.");
        });
    try {
      Principal principal = callers.identify(request);
      digest.ifPresent(tried -> guessing.right(address, tried));
      return principal;
    } catch (RefusalException refusal) {
      if (refusal.code().status() == 401) {
        digest.ifPresent(tried -> guessing.wrong(address, tried));
      }
      throw refusal;
    }
  }
}
