package dev.dailies.prompt.access;

import dev.dailies.contracts.MemberId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.AccessMember;
import dev.dailies.edge.MemberIdentity;
import dev.dailies.edge.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A person in a workspace, recognised by the issuer's subject, by a verified address, or by either.
 *
 * @param name how others call it; like the address it never leaves the database
 */
record Member(
    MemberId id,
    long version,
    WorkspaceId workspace,
    String issuer,
    Optional<String> subject,
    Optional<String> email,
    Optional<String> name,
    Set<Role> roles,
    boolean active,
    Instant createdAt,
    String createdBy) {

  Member {
    roles = Set.copyOf(roles);
    if (subject.isEmpty() && email.isEmpty()) {
      throw new IllegalArgumentException("a member has a subject or an email");
    }
  }

  boolean owner() {
    return active && roles.contains(Role.OWNER);
  }

  Member changed(Optional<String> newName, Set<Role> newRoles, boolean nowActive) {
    return new Member(
        id,
        version + 1,
        workspace,
        issuer,
        subject,
        email,
        newName,
        newRoles,
        nowActive,
        createdAt,
        createdBy);
  }

  List<String> identities() {
    return Stream.concat(
            subject.stream().map(text -> MemberIdentity.ofSubject(issuer, text)),
            email.stream().map(text -> MemberIdentity.ofEmail(issuer, text)))
        .toList();
  }

  AccessMember state() {
    return AccessMember.newBuilder()
        .setMemberId(id.value())
        .setVersion(version)
        .setWorkspace(workspace.value())
        .setIdentities(identities())
        .setRoles(ApiKey.names(roles))
        .setActive(active)
        .build();
  }
}
