package dev.dailies.edge;

import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.ActorKind;
import java.util.Set;

/**
 * Who calls: resolved from the key of a request, and given to a controller method that has a
 * parameter of this type.
 *
 * @param workspace all it may see
 * @param subject id of the key, or of the member
 * @param kind what sort of caller it is
 * @param roles what it may do
 * @param scopes narrows the roles; empty: not narrowed
 */
public record Principal(
    WorkspaceId workspace, String subject, ActorKind kind, Set<Role> roles, Set<String> scopes) {

  public Principal {
    roles = Set.copyOf(roles);
    scopes = Set.copyOf(scopes);
  }

  /** As it stands in the envelope of what it causes. */
  public Actor actor() {
    return new Actor(kind, subject);
  }

  /** Whether it has the role; an owner has all. */
  public boolean has(Role role) {
    return roles.contains(role) || roles.contains(Role.OWNER);
  }
}
