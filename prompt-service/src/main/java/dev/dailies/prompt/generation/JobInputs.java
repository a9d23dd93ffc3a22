package dev.dailies.prompt.generation;

import dev.dailies.contracts.event.StoredObject;
import java.util.List;
import java.util.Optional;

/**
 * What a render starts from.
 *
 * @param objects in the order of the form's sources
 * @param parentEndpoint where the video was made that this one is made of
 * @param parentVendorId its id there
 * @param parentMillis its length
 */
public record JobInputs(
    List<StoredObject> objects,
    Optional<String> parentEndpoint,
    Optional<String> parentVendorId,
    Optional<Long> parentMillis) {
  public JobInputs {
    objects = List.copyOf(objects);
  }

  /** Nothing. */
  public static JobInputs none() {
    return new JobInputs(List.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
