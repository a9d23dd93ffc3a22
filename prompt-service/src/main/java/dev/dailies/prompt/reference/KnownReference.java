package dev.dailies.prompt.reference;

import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.event.StoredObject;
import java.util.Optional;

/**
 * What is known of a reference.
 *
 * @param sha256 of its bytes; empty text for one that was rejected unseen
 * @param contentType media type by its content
 * @param object where it is; empty for one that was rejected unseen
 */
public record KnownReference(
    ReferenceId id, State state, String sha256, String contentType, Optional<StoredObject> object) {
  /** How far its check is. */
  public enum State {
    CHECKING,
    READY,
    REJECTED
  }
}
