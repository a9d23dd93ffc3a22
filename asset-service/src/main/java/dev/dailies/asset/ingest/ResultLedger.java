package dev.dailies.asset.ingest;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.GenerationId;
import java.util.Optional;

/** Which result was taken for which generation, and what became of the others. */
public interface ResultLedger {
  /** How an order ended. */
  enum Ending {
    READY,
    REJECTED,
    SURPLUS,
    /** It did not: the lease was lost, somebody else settles. */
    LOST
  }

  /** The result that was taken for a generation. */
  Optional<AssetId> taken(GenerationId generation);

  /**
   * Ends an order and publishes how, in one transaction. A usable result is the generation's if it
   * is the first, else surplus.
   */
  Ending settle(Claim claim, IngestResult result);
}
