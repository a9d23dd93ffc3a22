package dev.dailies.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
        .map(header -> sha256(header.substring(BEARER.length()).strip()));
  }

  private static String sha256(String secret) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
