package dev.dailies.asset.delivery;

import dev.dailies.edge.KeyDirectory;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import org.springframework.http.HttpHeaders;

/** Asks again, long after a request was let in, whether its key would still be. */
final class HttpKeyCheck {
  private static final String BEARER = "Bearer ";

  private final KeyDirectory keys;

  HttpKeyCheck(KeyDirectory keys) {
    this.keys = keys;
  }

  BooleanSupplier of(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null || header.length() <= BEARER.length()) {
      return () -> false;
    }
    String digest = sha256(header.substring(BEARER.length()).strip());
    return () -> keys.find(digest).isPresent();
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
