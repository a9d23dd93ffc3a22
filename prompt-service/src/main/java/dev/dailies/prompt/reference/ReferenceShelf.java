package dev.dailies.prompt.reference;

import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.edge.RefusalException;
import java.io.InputStream;
import java.util.Optional;

/** Uploaded inputs of this workspace. */
public interface ReferenceShelf {
  /**
   * Streams the upload to the store and returns once it and its event are durable.
   *
   * @param contentType what the client declared; only the content counts
   * @param param the field it came in: {@code input_reference} takes images, {@code video} videos,
   *     any other both and sound too
   * @throws RefusalException if it is not media that is taken there, too large, or the store can't
   *     be reached; nothing is kept then
   */
  KnownReference keep(
      WorkspaceId workspace, Actor actor, InputStream content, String contentType, String param);

  /** What is known of it; empty: never heard of, or removed. */
  Optional<KnownReference> find(WorkspaceId workspace, ReferenceId id);
}
