package dev.dailies.edge;

import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.AccessKey;
import dev.dailies.contracts.event.AccessMember;
import dev.dailies.contracts.event.ActorKind;
import dev.dailies.contracts.event.Workspace;
import dev.dailies.messaging.EventContext;
import dev.dailies.messaging.StateFeed;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keys, members and workspaces as {@code access.v1} tells them, in memory: a revoked key stops
 * within a second.
 */
final class TopicKeyDirectory implements KeyDirectory {
  private final Map<String, AccessKey> bySecret = new ConcurrentHashMap<>();
  private final Map<String, AccessKey> byId = new ConcurrentHashMap<>();
  private final Map<String, Workspace> workspaces = new ConcurrentHashMap<>();
  private final TopicMembers members;
  private final Clock clock;
  private volatile @Nullable StateFeed feed;

  TopicKeyDirectory(Clock clock, TopicMembers members) {
    this.clock = clock;
    this.members = members;
  }

  void follow(StateFeed access) {
    this.feed = access;
  }

  void learn(Workspace workspace, EventContext context) {
    workspaces.merge(
        workspace.getWorkspace(),
        workspace,
        (known, told) -> told.getVersion() >= known.getVersion() ? told : known);
  }

  void learn(AccessMember member, EventContext context) {
    members.learn(member);
  }

  void learn(AccessKey key, EventContext context) {
    AccessKey known = byId.get(key.getKeyId());
    if (known != null && known.getVersion() > key.getVersion()) {
      return;
    }
    byId.put(key.getKeyId(), key);
    List<String> secrets = secrets(key);
    secrets.forEach(secret -> bySecret.put(secret, key));
    if (known != null) {
      secrets(known).stream()
          .filter(secret -> !secrets.contains(secret))
          .forEach(secret -> bySecret.remove(secret, known));
    }
  }

  void forget(String id, EventContext context) {
    AccessKey known = byId.remove(id);
    if (known != null) {
      // Only if it is still this key's: another may have been given the same secret.
      secrets(known).forEach(secret -> bySecret.remove(secret, known));
    }
    members.forget(id);
    workspaces.remove(id);
  }

  private static List<String> secrets(AccessKey key) {
    return key.getPreviousSecretSha256()
        .map(previous -> List.of(key.getSecretSha256(), previous))
        .orElseGet(() -> List.of(key.getSecretSha256()));
  }

  @Override
  public Optional<Principal> find(String secretSha256) {
    Instant now = clock.instant();
    return Optional.ofNullable(bySecret.get(secretSha256))
        .filter(key -> opens(key, secretSha256, now))
        .filter(key -> open(key.getWorkspace()))
        .map(TopicKeyDirectory::principal);
  }

  private static boolean opens(AccessKey key, String secret, Instant now) {
    // Revoked is revoked: the clock that says when is another's.
    return key.getRevokedAt().isEmpty()
        && key.getExpiresAt().map(now::isBefore).orElse(true)
        && (key.getSecretSha256().equals(secret)
            || key.getPreviousUntil().map(now::isBefore).orElse(false));
  }

  /** Of a workspace that was not told of nothing bad is known. */
  private boolean open(String workspace) {
    Workspace known = workspaces.get(workspace);
    return known == null || known.getActive();
  }

  @Override
  public List<Principal> findMemberships(String identity) {
    return members.find(identity).stream()
        .filter(member -> open(member.workspace().value()))
        .toList();
  }

  private static Principal principal(AccessKey key) {
    return new Principal(
        new WorkspaceId(key.getWorkspace()),
        key.getKeyId(),
        ActorKind.KEY,
        Role.ofWire(key.getRoles()),
        Set.copyOf(key.getScopes()));
  }

  @Override
  public boolean ready() {
    StateFeed access = feed;
    return access != null && access.caughtUp();
  }
}
