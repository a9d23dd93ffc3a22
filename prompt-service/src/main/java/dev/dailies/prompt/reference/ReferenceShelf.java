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
   * Streams the upload to the store. Nobody knows it until it is kept; what never is, is swept.
   *
   * @param contentType what the client declared; only the content counts
   * @param param the field it came in: {@code input_reference} takes images, {@code video} videos,
   *     any other both and sound too
   * @throws RefusalException if it is not media that is taken there, too large, or the store can't
   *     be reached; nothing is kept then
   */
  KnownReference store(
      WorkspaceId workspace, InputStream content, String contentType, String param);

  /**
   * Makes what was stored a reference and tells of it, in the transaction of the caller.
   *
   * @throws RefusalException if it took so long that it was swept
   */
  void keep(WorkspaceId workspace, Actor actor, KnownReference stored);

  /**
   * Gives up what was stored, unless it is kept. Never fails: what can't be noted now is swept
   * later.
   */
  void discard(WorkspaceId workspace, ReferenceId id);

  /** What is known of it; empty: never heard of, or removed. */
  Optional<KnownReference> find(WorkspaceId workspace, ReferenceId id);
}
