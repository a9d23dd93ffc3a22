package dev.dailies.prompt.access;

import dev.dailies.contracts.KeyId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.AccessKey;
import dev.dailies.edge.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A key as it is kept.
 *
 * @param prefix the beginning of its secret; a configured key shows none
 * @param scopes narrow its roles, by their names
 * @param previousSha256 its secret before the last rotation, good until {@code previousUntil}
 * @param configured comes from configuration, which alone changes it
 * @param lastUsedAt coarse, and by requests to this service only
 */
record ApiKey(
    KeyId id,
    long version,
    WorkspaceId workspace,
    Optional<String> name,
    Optional<String> prefix,
    String secretSha256,
    Set<Role> roles,
    Set<String> scopes,
    Optional<Instant> expiresAt,
    Optional<Instant> revokedAt,
    Optional<String> previousSha256,
    Optional<Instant> previousUntil,
    boolean configured,
    Instant createdAt,
    Optional<String> createdBy,
    Optional<Instant> lastUsedAt) {

  boolean usable(Instant now) {
    return revokedAt.isEmpty() && expiresAt.map(now::isBefore).orElse(true);
  }

  /** Whether it can do all that an owner can. */
  boolean fullOwner(Instant now) {
    return usable(now) && roles.contains(Role.OWNER) && scopes.isEmpty();
  }

  ApiKey rotated(Secret secret, Optional<Instant> oldUntil) {
    return new ApiKey(
        id,
        version + 1,
        workspace,
        name,
        Optional.of(secret.prefix()),
        secret.sha256(),
        roles,
        scopes,
        expiresAt,
        revokedAt,
        oldUntil.map(until -> secretSha256),
        oldUntil,
        configured,
        createdAt,
        createdBy,
        lastUsedAt);
  }

  ApiKey revoked(Instant at) {
    return new ApiKey(
        id,
        version + 1,
        workspace,
        name,
        prefix,
        secretSha256,
        roles,
        scopes,
        expiresAt,
        Optional.of(at),
        Optional.empty(),
        Optional.empty(),
        configured,
        createdAt,
        createdBy,
        lastUsedAt);
  }

  AccessKey state() {
    return AccessKey.newBuilder()
        .setKeyId(id.value())
        .setVersion(version)
        .setWorkspace(workspace.value())
        .setSecretSha256(secretSha256)
        .setRoles(names(roles))
        .setScopes(scopes.stream().sorted().toList())
        .setExpiresAt(expiresAt.orElse(null))
        .setRevokedAt(revokedAt.orElse(null))
        .setPreviousSecretSha256(previousSha256.orElse(null))
        .setPreviousUntil(previousUntil.orElse(null))
        .build();
  }

  static List<String> names(Set<Role> roles) {
    return roles.stream().map(Role::wire).sorted().toList();
  }
}
