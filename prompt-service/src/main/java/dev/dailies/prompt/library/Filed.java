package dev.dailies.prompt.library;

/** Something that work is filed under: a project, a brief or a shot. */
public interface Filed {
  /** Its id. */
  Object id();

  /** Counts up with each change. */
  long version();
}
