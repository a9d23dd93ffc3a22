package dev.dailies.prompt.library;

import dev.dailies.contracts.WorkspaceId;
import java.time.Instant;

/** Finds, or makes, the shot in which new work is placed. Used in the transaction that accepts. */
public interface WorkPlaces {
  /**
   * Finds the place of a request, and writes nothing: a shot that has yet to be added is only
   * thought up. What the place lies in can't be archived before the transaction ends.
   */
  Placement find(WorkspaceId workspace, Wish wish, Instant at);

  /** Adds a shot that was thought up, and publishes it. */
  void add(Shot shot);
}
