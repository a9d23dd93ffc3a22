package dev.dailies.prompt.access;

import dev.dailies.contracts.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The workspaces. */
interface WorkspaceStore {
  /** A workspace as it is kept. */
  record Tenant(WorkspaceId name, long version, String title, boolean active, Instant createdAt) {}

  Optional<Tenant> find(WorkspaceId name);

  /** Changes of who may do what in a workspace take turns: the last owner is counted right. */
  Tenant lock(WorkspaceId name);

  /** Empty if there is one of that name. */
  Optional<Tenant> open(WorkspaceId name, String title);

  /** In the order of their names. */
  List<Tenant> list(Optional<String> after, int limit);

  Tenant rename(WorkspaceId name, String title);

  /** Opens it for work, or closes it. */
  Tenant setActive(WorkspaceId name, boolean active);

  /**
   * How many owners would be left to stay: active members, and keys that are neither narrowed nor
   * expire.
   *
   * @param except ids of the keys or members that are to go
   * @param issuer the issuer whose members can come in; empty: none can
   */
  int ownersWithout(WorkspaceId workspace, Set<String> except, Optional<String> issuer);
}
