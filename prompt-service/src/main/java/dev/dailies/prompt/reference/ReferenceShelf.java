package dev.dailies.prompt.reference;

import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import java.io.InputStream;
import java.util.Optional;

/** Uploaded inputs of this workspace. */
public interface ReferenceShelf {
  /**
   * Streams the upload to the store and returns once it and its event are durable. Throws
   * RefusalException: not an image, too large, store unavailable.
   */
  KnownReference keep(
      WorkspaceId workspace, Actor actor, InputStream content, String contentType, String param);

  /** What is known of it; empty: never heard of. */
  Optional<KnownReference> find(WorkspaceId workspace, ReferenceId id);
}
