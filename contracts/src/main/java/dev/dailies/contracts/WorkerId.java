package dev.dailies.contracts;

/**
 * Identifies one run of a render-worker process; a restarted process is another worker.
 * Time-ordered; see {@link Ids} for the shape.
 */
public record WorkerId(String value) implements Comparable<WorkerId> {
  public static final String PREFIX = "wrk_";

  public WorkerId {
    Ids.require(PREFIX, value);
  }

  /** A new id, later in order than those minted before it. */
  public static WorkerId mint() {
    return new WorkerId(Ids.mint(PREFIX));
  }

  @Override
  public int compareTo(WorkerId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
