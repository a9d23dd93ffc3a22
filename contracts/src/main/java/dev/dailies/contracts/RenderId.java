package dev.dailies.contracts;

/**
 * Identifies a render: one attempt to make a generation's video at one endpoint. Minted by
 * dispatch, by nobody else. Time-ordered; see {@link Ids} for the shape.
 */
public record RenderId(String value) implements Comparable<RenderId> {
  public static final String PREFIX = "rnd_";

  public RenderId {
    Ids.require(PREFIX, value);
  }

  /** A new id, later in order than those minted before it. */
  public static RenderId mint() {
    return new RenderId(Ids.mint(PREFIX));
  }

  @Override
  public int compareTo(RenderId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
