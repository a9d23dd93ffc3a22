package dev.dailies.contracts;

/**
 * Identifies a generation: the request for one video, and its life. The prefix is the one clients
 * of OpenAI's videos contract expect. Time-ordered; see {@link Ids} for the shape.
 */
public record GenerationId(String value) implements Comparable<GenerationId> {
  public static final String PREFIX = "video_";

  public GenerationId {
    Ids.require(PREFIX, value);
  }

  /** A new id, later in order than those minted before it. */
  public static GenerationId mint() {
    return new GenerationId(Ids.mint(PREFIX));
  }

  @Override
  public int compareTo(GenerationId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
