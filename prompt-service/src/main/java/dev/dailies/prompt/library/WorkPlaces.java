package dev.dailies.prompt.library;

import dev.dailies.contracts.WorkspaceId;
import java.time.Instant;

/** Finds, or makes, the shot in which new work is placed. */
public interface WorkPlaces {
  /**
   * Places a request. Must be called in the transaction that accepts it: what it is placed in can't
   * be archived before that ends. A shot that is made is published with it.
   */
  Placement place(WorkspaceId workspace, Wish wish, Instant at);
}
