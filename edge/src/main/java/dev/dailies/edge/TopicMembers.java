package dev.dailies.edge;

import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.AccessMember;
import dev.dailies.contracts.event.ActorKind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The members as {@code access.v1} tells them, found by who they are. */
final class TopicMembers {
  private final Map<String, AccessMember> byId = new ConcurrentHashMap<>();

  /** Values are immutable: a reader sees a person's memberships of one moment. */
  private final Map<String, Map<String, AccessMember>> byIdentity = new ConcurrentHashMap<>();

  /** Called by the feed's one thread only. */
  void learn(AccessMember member) {
    AccessMember known = byId.get(member.getMemberId());
    if (known != null && known.getVersion() > member.getVersion()) {
      return;
    }
    byId.put(member.getMemberId(), member);
    member.getIdentities().forEach(identity -> index(identity, member));
    if (known != null) {
      known.getIdentities().stream()
          .filter(identity -> !member.getIdentities().contains(identity))
          .forEach(identity -> unindex(identity, known.getMemberId()));
    }
  }

  void forget(String memberId) {
    AccessMember known = byId.remove(memberId);
    if (known != null) {
      known.getIdentities().forEach(identity -> unindex(identity, memberId));
    }
  }

  List<Principal> find(String identity) {
    return byIdentity.getOrDefault(identity, Map.of()).values().stream()
        .filter(AccessMember::getActive)
        .map(TopicMembers::principal)
        .sorted(Comparator.comparing(Principal::subject))
        .toList();
  }

  private void index(String identity, AccessMember member) {
    byIdentity.merge(
        identity,
        Map.of(member.getMemberId(), member),
        (before, added) ->
            Stream.of(before, added)
                .flatMap(members -> members.entrySet().stream())
                .collect(
                    Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, Map.Entry::getValue, (old, fresh) -> fresh)));
  }

  private void unindex(String identity, String memberId) {
    byIdentity.computeIfPresent(
        identity,
        (unused, before) -> {
          Map<String, AccessMember> left =
              before.entrySet().stream()
                  .filter(entry -> !entry.getKey().equals(memberId))
                  .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
          return left.isEmpty() ? null : left;
        });
  }

  private static Principal principal(AccessMember member) {
    return new Principal(
        new WorkspaceId(member.getWorkspace()),
        member.getMemberId(),
        ActorKind.PERSON,
        Role.ofWire(member.getRoles()),
        Set.of());
  }
}
