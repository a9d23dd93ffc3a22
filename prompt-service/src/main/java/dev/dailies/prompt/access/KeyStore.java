package dev.dailies.prompt.access;

import dev.dailies.contracts.KeyId;
import dev.dailies.contracts.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of all workspaces. */
interface KeyStore {
  Optional<ApiKey> find(WorkspaceId workspace, KeyId id);

  /** In the order of their birth; those of one maker only, if one is named. */
  List<ApiKey> list(
      WorkspaceId workspace, Optional<String> createdBy, Optional<String> after, int limit);

  /** Those that were made by someone, can be used now and don't come from configuration. */
  List<ApiKey> usableMadeBy(WorkspaceId workspace, String subject);

  /** How many could be used now. */
  int usable(WorkspaceId workspace);

  void add(ApiKey key);

  /** Writes secret, revocation and version of a key that is there. */
  void replace(ApiKey key);

  /** Notes when keys were last used; an earlier time changes nothing. */
  void used(Map<String, Instant> lastUsed);
}
