package dev.dailies.edge;

import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.AccessKey;
import dev.dailies.contracts.event.ActorKind;
import dev.dailies.messaging.EventContext;
import dev.dailies.messaging.StateFeed;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The keys as {@code access.v1} tells them, in memory: a revoked key stops within a second. */
final class TopicKeyDirectory implements KeyDirectory {
  private final Map<String, AccessKey> bySecret = new ConcurrentHashMap<>();
  private final Map<String, AccessKey> byId = new ConcurrentHashMap<>();
  private final Clock clock;
  private volatile @Nullable StateFeed feed;

  TopicKeyDirectory(Clock clock) {
    this.clock = clock;
  }

  void follow(StateFeed access) {
    this.feed = access;
  }

  void learn(AccessKey key, EventContext context) {
    AccessKey known = byId.get(key.getKeyId());
    if (known != null && known.getVersion() > key.getVersion()) {
      return;
    }
    byId.put(key.getKeyId(), key);
    if (known != null && !known.getSecretSha256().equals(key.getSecretSha256())) {
      bySecret.remove(known.getSecretSha256(), known);
    }
    bySecret.put(key.getSecretSha256(), key);
  }

  void forget(String keyId, EventContext context) {
    AccessKey known = byId.remove(keyId);
    if (known != null) {
      // Only if it is still this key's: another may have been given the same secret.
      bySecret.remove(known.getSecretSha256(), known);
    }
  }

  @Override
  public Optional<Principal> find(String secretSha256) {
    Instant now = clock.instant();
    return Optional.ofNullable(bySecret.get(secretSha256))
        .filter(key -> key.getRevokedAt().map(now::isBefore).orElse(true))
        .filter(key -> key.getExpiresAt().map(now::isBefore).orElse(true))
        .map(TopicKeyDirectory::principal);
  }

  private static Principal principal(AccessKey key) {
    return new Principal(
        new WorkspaceId(key.getWorkspace()),
        key.getKeyId(),
        ActorKind.KEY,
        key.getRoles().stream()
            .flatMap(name -> Role.ofWire(name).stream())
            .collect(Collectors.toUnmodifiableSet()),
        java.util.Set.copyOf(key.getScopes()));
  }

  @Override
  public boolean ready() {
    StateFeed access = feed;
    return access != null && access.caughtUp();
  }
}
