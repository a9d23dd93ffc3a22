package dev.dailies.contracts;

/** Identifies an API key. Time-ordered; see {@link Ids} for the shape. */
public record KeyId(String value) implements Comparable<KeyId> {
  public static final String PREFIX = "key_";

  public KeyId {
    Ids.require(PREFIX, value);
  }

  /** A new id, later in order than those minted before it. */
  public static KeyId mint() {
    return new KeyId(Ids.mint(PREFIX));
  }

  @Override
  public int compareTo(KeyId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
