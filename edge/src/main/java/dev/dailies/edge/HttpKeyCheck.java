package dev.dailies.edge;

import dev.dailies.contracts.Sha256;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.HttpHeaders;

/**
 * Reads the key of a request. It is asked before each request, and may be asked again by an answer
 * that takes long, since a key can be revoked meanwhile.
 *
 * <p>Source: RFC 6750, section 2.1; the name of the scheme is case-insensitive (RFC 9110, 11.1).
 */
public final class HttpKeyCheck {
  private static final String BEARER = "Bearer ";

  private final KeyDirectory keys;

  HttpKeyCheck(KeyDirectory keys) {
    this.keys = keys;
  }

  /** Whether the key that let the request in would let it in still. */
  public boolean stillValid(HttpServletRequest request) {
    return digest(request).flatMap(keys::find).isPresent();
  }

  /** The digest of the key that the request brings; empty if it brings none. */
  static Optional<String> digest(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
        .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(header -> Sha256.hex(header.substring(BEARER.length()).strip()));
  }
}
