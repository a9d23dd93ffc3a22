package dev.dailies.contracts;

/** Identifies a project. Time-ordered; see {@link Ids} for the shape. */
public record ProjectId(String value) implements Comparable<ProjectId> {
  public static final String PREFIX = "prj_";

  public ProjectId {
    Ids.require(PREFIX, value);
  }

  /** A new id, later in order than those minted before it. */
  public static ProjectId mint() {
    return new ProjectId(Ids.mint(PREFIX));
  }

  @Override
  public int compareTo(ProjectId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
