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

  /**
   * Takes them in; when it returns, what was accepted is durable. An outcome for each, in order.
   */
  List<Outcome> accept(WorkspaceId workspace, Actor actor, List<Keyed> items);
}
