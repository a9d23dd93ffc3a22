package dev.dailies.prompt.generation;

import dev.dailies.contracts.WorkspaceId;
import java.util.List;

/** Lists generations; never across workspaces. */
@FunctionalInterface
interface GenerationLists {
  /** Those that a query shows, in its order. */
  List<GenerationSummary> list(WorkspaceId workspace, GenerationQuery query);
}
