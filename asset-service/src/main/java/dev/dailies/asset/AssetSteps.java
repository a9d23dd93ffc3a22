package dev.dailies.asset;

import dev.dailies.contracts.Checkpoint;
import java.util.Locale;

/**
 * The named steps between two durable writes of this service, in the order in which an ingest
 * passes them. A test may kill the process at each; see {@link Checkpoint}.
 */
public enum AssetSteps {
  /** {@code RenderCompleted} is written to the queue, not yet committed. */
  INGEST_NOTED_BEFORE_COMMIT,
  /** The lease is taken, nothing has been done under it. */
  INGEST_CLAIMED,
  /** The master lies in scratch and has the digest it should have. */
  MASTER_VERIFIED,
  /** All renditions lie in scratch, labelled; none is stored. */
  RENDITIONS_MADE,
  /** The delivery rendition is stored, the others are not. */
  DELIVERY_STORED,
  /** All renditions are stored, the database knows of none. */
  OBJECTS_STORED_BEFORE_COMMIT,
  /** The outcome and its events are written, not yet committed. */
  OUTCOME_BEFORE_COMMIT,
  /** The outcome is committed; scratch has not been cleared. */
  OUTCOME_COMMITTED,
  /** A moderation decision and what follows from it are written, not yet committed. */
  MODERATION_BEFORE_COMMIT,
  /** The media of an erased generation are gone from the store; that is not yet committed. */
  MEDIA_REMOVED_BEFORE_COMMIT;

  /** The name of the step, such as {@code asset.ingest-claimed}. */
  public String step() {
    return "asset." + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Says that the calling thread stands here. */
  public void reach() {
    Checkpoint.reach(step());
  }
}
