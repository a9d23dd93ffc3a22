package dev.dailies.asset.reference;

import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.MediaFacts;
import dev.dailies.contracts.event.StoredObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where references are kept, and the queue of those to be checked. */
interface References {
  /**
   * A reference held under a lease to be checked.
   *
   * @param by who uploaded it here
   */
  record Claim(
      ReferenceId id,
      WorkspaceId workspace,
      String contentType,
      StoredObject object,
      Optional<Actor> by,
      UUID token,
      int times) {}

  /** An upload that was begun and not finished. */
  record Upload(WorkspaceId workspace, ReferenceId id) {}

  /** What became of the wish to delete one. */
  enum Removal {
    REMOVED,
    UNKNOWN,
    IN_USE
  }

  /** Notes that its bytes are about to be stored; for one that was begun before, anew. */
  void begin(WorkspaceId workspace, ReferenceId id, String contentType, Actor by);

  /** Compare-and-set: false if the upload was given up meanwhile. */
  boolean stored(ReferenceId id, StoredObject object);

  /** Takes note that nothing of it is stored, or no more. */
  void abandon(ReferenceId id);

  /**
   * Uploads begun so long ago, and all that were removed while their bytes still stand. None of
   * them can become stored any more.
   */
  List<Upload> abandoned(Duration age, int most);

  /** Lets its removal wait, since it failed. */
  void postpone(ReferenceId dead, Duration wait);

  /** Takes in what another service stored. */
  void note(WorkspaceId workspace, ReferenceId id, String contentType, StoredObject object);

  Optional<Claim> claim(Duration lease);

  /** Holds it longer; false if the lease was lost. */
  boolean renew(Claim claim, Duration lease);

  void postpone(Claim claim, Duration wait, int excused);

  /** Ends the check as ready and tells of it; nothing happens if the lease was lost. */
  void ready(Claim claim, MediaFacts media);

  /** Ends the check as rejected and tells of it; nothing happens if the lease was lost. */
  void reject(Claim claim, String finding);

  Optional<ReferenceFacts> find(WorkspaceId workspace, String id);

  /** Newest first, before the id given. */
  List<ReferenceFacts> page(WorkspaceId workspace, Optional<String> before, int most);

  /** Removes it unless an unfinished generation needs it, and tells of it. */
  Removal remove(WorkspaceId workspace, String id, Actor by);
}
