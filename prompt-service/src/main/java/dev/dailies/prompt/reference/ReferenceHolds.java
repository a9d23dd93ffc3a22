package dev.dailies.prompt.reference;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.WorkspaceId;
import java.util.List;

/** Makes a generation wait for the references that it starts from. */
public interface ReferenceHolds {
  /** Name of the hold. */
  String HOLD = "reference";

  /**
   * Notes what the generation needs, and holds it unless all of that is ready. To be called in the
   * transaction that accepts it, after its row was written: that closes the race with a reference
   * that becomes ready meanwhile.
   *
   * @return whether it is held now
   */
  boolean hold(WorkspaceId workspace, GenerationId generation, List<ReferenceId> references);
}
