package dev.dailies.prompt.reference;

import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.StoredObject;
import java.time.Duration;
import java.util.List;

/** Uploads that are not kept yet, and perhaps never will be. */
interface Unfinished {
  /** An upload that was begun and not finished. */
  record Upload(WorkspaceId workspace, ReferenceId id) {}

  void begin(WorkspaceId workspace, ReferenceId id, String contentType);

  /** Compare-and-set: false if the upload was given up meanwhile. */
  boolean stored(WorkspaceId workspace, ReferenceId id, StoredObject object);

  /** Forgets an upload of which nothing was stored. */
  void abandon(WorkspaceId workspace, ReferenceId id);

  /** Gives an upload up, unless it is kept; from now on it can be claimed. */
  void discard(WorkspaceId workspace, ReferenceId id);

  /**
   * Claims, for a minute, uploads that were discarded or begun so long ago: they can't be kept any
   * more.
   */
  List<Upload> claim(Duration age, int most);

  /** Forgets an upload that was claimed, unless it was discarded again meanwhile. */
  void swept(WorkspaceId workspace, ReferenceId id);
}
