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
  /** What a generation may expect of its references. */
  enum Prospect {
    WAIT,
    READY,
    REJECTED,
    UNAVAILABLE
  }

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

  /** Looks at a generation again only after a while. */
  void postpone(GenerationId generation);

  /** To be asked under the generation's lock. */
  Prospect prospect(GenerationId generation, Duration patience);

  /** Takes the hold away. */
  void lift(GenerationId generation);

  /** Nothing is waited for any more. */
  void settled(GenerationId generation);
}
