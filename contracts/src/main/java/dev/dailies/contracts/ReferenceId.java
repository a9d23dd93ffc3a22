package dev.dailies.contracts;

/**
 * Identifies an uploaded reference: an image, video or audio that a generation may use.
 * Time-ordered; see {@link Ids} for the shape.
 */
public record ReferenceId(String value) implements Comparable<ReferenceId> {
  public static final String PREFIX = "ref_";

  public ReferenceId {
    Ids.require(PREFIX, value);
  }

  /** A new id, later in order than those minted before it. */
  public static ReferenceId mint() {
    return new ReferenceId(Ids.mint(PREFIX));
  }

  @Override
  public int compareTo(ReferenceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
