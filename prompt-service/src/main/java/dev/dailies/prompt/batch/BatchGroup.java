package dev.dailies.prompt.batch;

import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.prompt.generation.AcceptItem.Outcome;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Takes in some items at once. */
@FunctionalInterface
interface BatchGroup {
  /** An item and the key under which it is taken in once only. */
  record Keyed(String key, ObjectNode fields) {}

  /** The database failed in the middle: what became of the item after those is not known. */
  final class BrokenOff extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient List<Outcome> done;

    BrokenOff(List<Outcome> done, RuntimeException cause) {
      super(cause);
      this.done = List.copyOf(done);
    }

    /** The outcomes of the first items. */
    List<Outcome> done() {
      return done;
    }
  }

  /**
   * Takes them in; when it returns, what was accepted is durable. An outcome for each, in order.
   *
   * @throws BrokenOff if only some have an outcome
   */
  List<Outcome> accept(WorkspaceId workspace, Actor actor, List<Keyed> items);
}
