package dev.dailies.animatic.jobs;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What lies beside a job until it is done.
 *
 * @param still the picture to start from
 * @param footage the clip that is edited or extended; linked, so that it outlives its own job
 */
public record Materials(Optional<byte[]> still, Optional<Path> footage) {
  /** A picture, or nothing. */
  public static Materials of(Optional<byte[]> still) {
    return new Materials(still, Optional.empty());
  }
}
