package dev.dailies.prompt.access;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.MemberId;
import dev.dailies.edge.Principal;
import dev.dailies.edge.Role;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Invites people, gives them roles, and takes them back. Who a member is never changes. */
final class Members {
  private static final int MOST_MEMBERS = 10_000;

  private final MemberStore members;
  private final WorkspaceStore workspaces;
  private final Keys keys;
  private final AccessLog log;
  private final Optional<String> issuer;
  private final Clock clock;

  /** A person who is wanted. */
  record Invitation(
      Optional<String> subject, Optional<String> email, Optional<String> name, Set<Role> roles) {}

  /**
   * What is to be otherwise; what is empty stays.
   *
   * @param revokeKeys ends the keys too that the member made: it knows their secrets
   */
  record Wish(
      Optional<String> name,
      Optional<Set<Role>> roles,
      Optional<Boolean> active,
      boolean revokeKeys) {}

  Members(
      MemberStore members,
      WorkspaceStore workspaces,
      Keys keys,
      AccessLog log,
      Optional<String> issuer,
      Clock clock) {
    this.members = members;
    this.workspaces = workspaces;
    this.keys = keys;
    this.log = log;
    this.issuer = issuer;
    this.clock = clock;
  }

  Change<Member> invite(Principal by, Invitation invitation) {
    if (issuer.isEmpty()) {
      return Change.refused(
          ErrorCode.CONFLICT, "People come in by tokens, and no issuer is configured; use keys.");
    }
    return log.within(() -> {
      workspaces.lock(by.workspace());
      Member member =
          new Member(
              MemberId.mint(),
              1,
              by.workspace(),
              issuer.get(),
              invitation.subject(),
              invitation.email(),
              invitation.name(),
              invitation.roles(),
              true,
              clock.instant(),
              by.subject());
      Optional<Member> same = members.findSame(member);
      if (same.isPresent()) {
        return Change.refused(
            ErrorCode.CONFLICT,
            "That person is " + same.get().id() + " already; change or activate it.");
      }
      if (members.count(by.workspace()) >= MOST_MEMBERS) {
        return Change.refused(ErrorCode.CONFLICT, "A workspace has at most 10000 members.");
      }
      if (!grantable(by, member.roles())) {
        return tooMuch();
      }
      members.add(member);
      log.tell(member);
      log.note(
          by,
          by.workspace(),
          "member.invited",
          member.id().value(),
          Map.of(),
          Map.of("roles", ApiKey.names(member.roles()), "active", true));
      return new Change.Done<>(member);
    });
  }

  Change<Member> change(Principal by, MemberId id, Wish wish) {
    return log.within(() -> {
      workspaces.lock(by.workspace());
      Optional<Member> found = members.find(by.workspace(), id);
      if (found.isEmpty()) {
        return Change.unknown("member");
      }
      Member before = found.get();
      Member after =
          before.changed(
              wish.name().or(before::name),
              wish.roles().orElse(before.roles()),
              wish.active().orElse(before.active()));
      List<ApiKey> ending = wish.revokeKeys() ? keys.madeBy(by.workspace(), id.value()) : List.of();
      boolean same =
          before.name().equals(after.name())
              && before.roles().equals(after.roles())
              && before.active() == after.active();
      return same && ending.isEmpty()
          ? new Change.Done<>(before)
          : write(by, before, same ? before : after, ending);
    });
  }

  private Change<Member> write(Principal by, Member before, Member after, List<ApiKey> ending) {
    if (!grantable(by, after.roles())) {
      return tooMuch();
    }
    if (endsOwnership(before, after, ending)) {
      return Change.refused(
          ErrorCode.LAST_OWNER, "It is the workspace's last owner that stays; add another first.");
    }
    if (after != before) {
      members.replace(after);
      log.tell(after);
      log.note(
          by,
          after.workspace(),
          before.active() && !after.active() ? "member.deactivated" : "member.changed",
          after.id().value(),
          values(before),
          values(after));
    }
    ending.forEach(key -> keys.end(by, key, clock.instant()));
    return new Change.Done<>(after);
  }

  private boolean endsOwnership(Member before, Member after, List<ApiKey> ending) {
    Set<String> going =
        Stream.concat(
                ending.stream()
                    .filter(key -> key.roles().contains(Role.OWNER))
                    .map(key -> key.id().value()),
                Stream.of(before.id().value()).filter(id -> before.owner() && !after.owner()))
            .collect(Collectors.toUnmodifiableSet());
    return !going.isEmpty() && workspaces.ownersWithout(before.workspace(), going, issuer) == 0;
  }

  private static Map<String, Object> values(Member member) {
    return Map.of("roles", ApiKey.names(member.roles()), "active", member.active());
  }

  private static boolean grantable(Principal by, Set<Role> roles) {
    return by.scopes().isEmpty() && roles.stream().allMatch(by::has);
  }

  private static Change<Member> tooMuch() {
    return Change.refused(ErrorCode.FORBIDDEN, "Nobody gives more than he has.");
  }
}
