package dev.dailies.prompt.access;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.KeyId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.edge.Principal;
import dev.dailies.edge.Role;
import dev.dailies.edge.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Issues, rotates and revokes keys. A secret is given out once, with the answer that made it. */
final class Keys {
  static final Duration LONGEST_GRACE = Duration.ofHours(24);
  private static final int MOST_KEYS = 1_000;

  private final KeyStore keys;
  private final WorkspaceStore workspaces;
  private final AccessLog log;
  private final Optional<String> issuer;
  private final Clock clock;

  /** A key that is wanted. */
  record Wish(String name, Set<Role> roles, Set<Scope> scopes, Optional<Instant> expiresAt) {}

  /** A key with its secret, which nobody can show again. */
  record Issued(ApiKey key, Secret secret) {}

  Keys(
      KeyStore keys,
      WorkspaceStore workspaces,
      AccessLog log,
      Optional<String> issuer,
      Clock clock) {
    this.keys = keys;
    this.workspaces = workspaces;
    this.log = log;
    this.issuer = issuer;
    this.clock = clock;
  }

  Change<Issued> issue(Principal by, Wish wish) {
    return log.within(() -> {
      workspaces.lock(by.workspace());
      Optional<Role> beyond = wish.roles().stream().filter(role -> !by.has(role)).findFirst();
      if (beyond.isPresent() || !carried(by, wish)) {
        return Change.refused(ErrorCode.FORBIDDEN, "Nobody gives more than he has.");
      }
      if (keys.usable(by.workspace()) >= MOST_KEYS) {
        return Change.refused(
            ErrorCode.CONFLICT, "A workspace has at most 1000 usable keys; revoke some first.");
      }
      return new Change.Done<>(issueIn(by.workspace(), by, wish));
    });
  }

  /** Whoever is narrowed gives nothing that is not narrowed so too. */
  private static boolean carried(Principal by, Wish wish) {
    return wish.scopes().stream()
        .map(Scope::wire)
        .collect(Collectors.toSet())
        .containsAll(by.scopes());
  }

  /** In the transaction that is open. */
  Issued issueIn(WorkspaceId workspace, Principal by, Wish wish) {
    Secret secret = Secret.mint();
    ApiKey key =
        new ApiKey(
            KeyId.mint(),
            1,
            workspace,
            Optional.of(wish.name()),
            Optional.of(secret.prefix()),
            secret.sha256(),
            wish.roles(),
            wish.scopes().stream().map(Scope::wire).collect(Collectors.toUnmodifiableSet()),
            wish.expiresAt(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            clock.instant(),
            Optional.of(by.subject()),
            Optional.empty());
    keys.add(key);
    log.tell(key);
    Map<String, Object> after = new HashMap<>();
    after.put("prefix", secret.prefix());
    after.put("roles", ApiKey.names(key.roles()));
    after.put("scopes", key.scopes().stream().sorted().toList());
    key.expiresAt().ifPresent(at -> after.put("expires_at", at.toString()));
    log.note(by, workspace, "key.created", key.id().value(), Map.of(), after);
    return new Issued(key, secret);
  }

  /**
   * Gives the key a new secret.
   *
   * @param grace how long the old one is good beside it; that of an earlier rotation ends at once
   */
  Change<Issued> rotate(Principal by, KeyId id, Duration grace) {
    return change(
        by,
        id,
        key -> {
          Instant now = clock.instant();
          if (!key.usable(now)) {
            return Change.refused(ErrorCode.CONFLICT, "The key is revoked or has expired.");
          }
          Secret secret = Secret.mint();
          ApiKey rotated =
              key.rotated(secret, Optional.of(now.plus(grace)).filter(until -> until.isAfter(now)));
          keys.replace(rotated);
          log.tell(rotated);
          log.note(
              by,
              key.workspace(),
              "key.rotated",
              id.value(),
              Map.of("prefix", key.prefix().orElse("")),
              Map.of("prefix", secret.prefix(), "grace_seconds", grace.toSeconds()));
          return new Change.Done<>(new Issued(rotated, secret));
        });
  }

  /** Ends it for good; once more changes nothing. */
  Change<ApiKey> revoke(Principal by, KeyId id) {
    return change(
        by,
        id,
        key -> {
          if (key.revokedAt().isPresent()) {
            return new Change.Done<>(key);
          }
          Instant now = clock.instant();
          if (key.fullOwner(now)
              && workspaces.ownersWithout(key.workspace(), Set.of(id.value()), issuer) == 0) {
            return Change.refused(
                ErrorCode.LAST_OWNER,
                "It is the workspace's last owner that stays; add another first.");
          }
          return new Change.Done<>(end(by, key, now));
        });
  }

  /** Ends a key, in the transaction that is open; whether an owner is left is asked before. */
  ApiKey end(Principal by, ApiKey key, Instant now) {
    ApiKey revoked = key.revoked(now);
    keys.replace(revoked);
    log.tell(revoked);
    log.note(
        by,
        key.workspace(),
        "key.revoked",
        key.id().value(),
        Map.of("roles", ApiKey.names(key.roles())),
        Map.of("revoked_at", now.toString()));
    return revoked;
  }

  /** What someone made and could still use. */
  List<ApiKey> madeBy(WorkspaceId workspace, String subject) {
    return keys.usableMadeBy(workspace, subject);
  }

  private <T> Change<T> change(Principal by, KeyId id, Function<ApiKey, Change<T>> how) {
    return log.within(() -> {
      workspaces.lock(by.workspace());
      Optional<ApiKey> key = keys.find(by.workspace(), id);
      if (key.isEmpty()) {
        return Change.unknown("key");
      }
      if (key.get().configured()) {
        return Change.refused(
            ErrorCode.CONFLICT,
            "The key comes from the service's configuration, and only that changes it.");
      }
      return how.apply(key.get());
    });
  }
}
