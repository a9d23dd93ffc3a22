package dev.dailies.prompt.reference;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.StoredObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where references are kept. */
interface References {
  /** An upload that was begun and not finished. */
  record Upload(WorkspaceId workspace, ReferenceId id) {}

  /** What a generation may expect of its references. */
  enum Prospect {
    WAIT,
    READY,
    REJECTED,
    UNAVAILABLE
  }

  void begin(WorkspaceId workspace, ReferenceId id, String contentType);

  /** Compare-and-set: false if the upload was given up meanwhile. */
  boolean stored(WorkspaceId workspace, ReferenceId id, StoredObject object);

  /** Forgets an upload of which nothing was stored. */
  void abandon(WorkspaceId workspace, ReferenceId id);

  /** Uploads begun so long ago, which nobody else is looking at. Inside a transaction. */
  List<Upload> abandoned(Duration age, int most);

  Optional<KnownReference> find(WorkspaceId workspace, ReferenceId id);

  /** Takes in asset-service's word, unless a later one was heard. */
  void told(
      WorkspaceId workspace,
      ReferenceId id,
      String state,
      long sequence,
      Optional<StoredObject> object,
      Optional<String> contentType);

  /** Generations that are held for the reference. */
  List<GenerationId> waitingFor(WorkspaceId workspace, ReferenceId id);

  /** Held generations for which something can be decided now. */
  List<GenerationId> decidable(Duration patience, int most);

  /** To be asked under the generation's lock. */
  Prospect prospect(GenerationId generation, Duration patience);

  /** Takes the hold away. */
  void lift(GenerationId generation);

  /** Nothing is waited for any more. */
  void settled(GenerationId generation);
}
