package dev.dailies.contracts;

/** Identifies an asset: stored media. Time-ordered; see {@link Ids} for the shape. */
public record AssetId(String value) implements Comparable<AssetId> {
  public static final String PREFIX = "ast_";

  public AssetId {
    Ids.require(PREFIX, value);
  }

  /** A new id, later in order than those minted before it. */
  public static AssetId mint() {
    return new AssetId(Ids.mint(PREFIX));
  }

  @Override
  public int compareTo(AssetId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
