package dev.dailies.prompt.reference;

import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.event.StoredObject;
import java.util.Optional;

/**
 * What is known of a reference.
 *
 * @param sha256 of its bytes, lower-case hexadecimal
 * @param contentType what its content was found to be
 * @param object where it is; empty until it is known
 */
public record KnownReference(
    ReferenceId id, State state, String sha256, String contentType, Optional<StoredObject> object) {
  /** How far the checks are. */
  public enum State {
    CHECKING,
    READY,
    REJECTED
  }
}
