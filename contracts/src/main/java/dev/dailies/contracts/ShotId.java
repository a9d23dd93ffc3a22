package dev.dailies.contracts;

/**
 * Identifies a shot: one wanted video, for which variations are generated. Time-ordered; see {@link
 * Ids} for the shape.
 */
public record ShotId(String value) implements Comparable<ShotId> {
  public static final String PREFIX = "shot_";

  public ShotId {
    Ids.require(PREFIX, value);
  }

  /** A new id, later in order than those minted before it. */
  public static ShotId mint() {
    return new ShotId(Ids.mint(PREFIX));
  }

  @Override
  public int compareTo(ShotId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
