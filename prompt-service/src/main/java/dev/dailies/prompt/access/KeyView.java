package dev.dailies.prompt.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A key as its owner sees it.
 *
 * @param secret present once, in the answer that made it
 * @param oldSecretUntil until when the secret before the last rotation is good
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record KeyView(
    String id,
    Optional<String> name,
    Optional<String> prefix,
    List<String> roles,
    List<String> scopes,
    boolean configured,
    Instant createdAt,
    Optional<String> createdBy,
    Optional<Instant> expiresAt,
    Optional<Instant> lastUsedAt,
    Optional<Instant> revokedAt,
    Optional<Instant> oldSecretUntil,
    Optional<String> secret) {

  static KeyView of(ApiKey key) {
    return of(key, Optional.empty());
  }

  static KeyView of(Keys.Issued issued) {
    return of(issued.key(), Optional.of(issued.secret().text()));
  }

  private static KeyView of(ApiKey key, Optional<String> secret) {
    return new KeyView(
        key.id().value(),
        key.name(),
        key.prefix(),
        ApiKey.names(key.roles()),
        key.scopes().stream().sorted().toList(),
        key.configured(),
        key.createdAt(),
        key.createdBy(),
        key.expiresAt(),
        key.lastUsedAt(),
        key.revokedAt(),
        key.previousUntil(),
        secret);
  }
}
