package dev.dailies.contracts;

/**
 * Identifies a brief: a batch of shots of one project. Time-ordered; see {@link Ids} for the shape.
 */
public record BriefId(String value) implements Comparable<BriefId> {
  public static final String PREFIX = "brf_";

  public BriefId {
    Ids.require(PREFIX, value);
  }

  /** A new id, later in order than those minted before it. */
  public static BriefId mint() {
    return new BriefId(Ids.mint(PREFIX));
  }

  @Override
  public int compareTo(BriefId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
