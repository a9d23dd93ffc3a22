package dev.dailies.asset.catalogue;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;

/**
 * Keeps the text that a generation was made from, until it is erased. All free text of this service
 * lies here, so this is what erasure has to reach.
 */
public interface PromptShelf {
  /** Keeps a text, unless a newer version is known or the generation has been erased. */
  void keep(GenerationId generation, WorkspaceId workspace, long version, String prompt);

  /** Removes the text for good: what comes late is not kept. */
  void erase(GenerationId generation, WorkspaceId workspace);
}
