package dev.dailies.asset.quality;

import java.util.List;
import java.util.Optional;

/**
 * Something a check found.
 *
 * @param measured what was found, in the unit that the code names
 * @param expected what it should have been
 */
public record Finding(FindingCode code, Optional<String> measured, Optional<String> expected) {
  public static Finding of(FindingCode code) {
    return new Finding(code, Optional.empty(), Optional.empty());
  }

  public static Finding of(FindingCode code, Object measured) {
    return new Finding(code, Optional.of(measured.toString()), Optional.empty());
  }

  public static Finding of(FindingCode code, Object measured, Object expected) {
    return new Finding(code, Optional.of(measured.toString()), Optional.of(expected.toString()));
  }

  /** Whether any of them makes the result unusable. */
  public static boolean anyFatal(List<Finding> findings) {
    return findings.stream().anyMatch(f -> f.code().fatal());
  }

  /** Whether another attempt could do without every fatal one. */
  public static boolean retryCouldHelp(List<Finding> findings) {
    return findings.stream().filter(f -> f.code().fatal()).allMatch(f -> f.code().retryCouldHelp());
  }
}
