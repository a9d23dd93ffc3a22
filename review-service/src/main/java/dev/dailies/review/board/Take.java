package dev.dailies.review.board;

import java.util.List;
import java.util.Optional;

/**
 * An asset as it is known here, for judging it.
 *
 * @param asset its id
 * @param workspace its owner
 * @param generation what it came from
 * @param technical what asset-service's checks said
 * @param viewable whether it is served now
 * @param objects where its forms are stored
 * @param findings what the checks noticed
 * @param media what a probe found
 */
public record Take(
    String asset,
    String workspace,
    String generation,
    Technical technical,
    boolean viewable,
    List<Form> objects,
    List<Finding> findings,
    Media media) {

  public Take {
    objects = List.copyOf(objects);
    findings = List.copyOf(findings);
  }

  /** What the technical checks made of an asset. */
  public enum Technical {
    /** Not told yet. */
    UNKNOWN,
    /** Usable. */
    READY,
    /** Not usable. */
    REJECTED,
    /** A second result of a generation that has one: kept, never served. */
    SURPLUS
  }

  /**
   * One stored form.
   *
   * @param variant PROXY, DELIVERY, MASTER and so on
   * @param contentType media type
   * @param key object key
   * @param size bytes
   * @param sha256 digest of the bytes, lower-case hexadecimal
   */
  public record Form(String variant, String contentType, String key, long size, String sha256) {}

  /**
   * A technical finding.
   *
   * @param code stable code: black, frozen, silent and so on
   * @param measured the measured value, in the unit that the code names
   */
  public record Finding(String code, Optional<String> measured) {}

  /** Facts of picture and sound; lengths in milliseconds, zeros where nothing is known. */
  public record Media(
      int width, int height, long lengthMillis, long frames, double frameRate, boolean hasAudio) {
    /** Nothing was told yet. */
    static final Media UNKNOWN = new Media(0, 0, 0, 0, 0, false);
  }

  /** The stored form of a variant. */
  public Optional<Form> form(String variant) {
    return objects.stream().filter(form -> form.variant().equals(variant)).findFirst();
  }
}
