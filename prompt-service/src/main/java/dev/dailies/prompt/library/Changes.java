package dev.dailies.prompt.library;

import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes changes and writes down who made them, in one transaction. Titles are not written down. */
public interface Changes {
  /**
   * Makes one.
   *
   * @param action what the audit calls it
   * @param before looks up what is to be changed; empty for something new
   */
  <T extends Filed> Edited<T> make(
      WorkspaceId workspace,
      Actor actor,
      String action,
      Supplier<Optional<T>> before,
      Supplier<Edited<T>> change);

  /** Adds a shot. */
  Placement add(WorkspaceId workspace, Actor actor, Supplier<Placement> change);

  /** What the audit calls a change of that kind. */
  static String action(String kind, Edit edit) {
    return kind
        + edit.archived().map(archived -> archived ? ".archived" : ".restored").orElse(".changed");
  }
}
