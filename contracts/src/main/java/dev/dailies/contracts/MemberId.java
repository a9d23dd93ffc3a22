package dev.dailies.contracts;

/** Identifies a person's membership in a workspace. Time-ordered; see {@link Ids} for the shape. */
public record MemberId(String value) implements Comparable<MemberId> {
  public static final String PREFIX = "mem_";

  public MemberId {
    Ids.require(PREFIX, value);
  }

  /** A new id, later in order than those minted before it. */
  public static MemberId mint() {
    return new MemberId(Ids.mint(PREFIX));
  }

  @Override
  public int compareTo(MemberId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
