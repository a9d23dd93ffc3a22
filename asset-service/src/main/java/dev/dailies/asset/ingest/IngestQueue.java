package dev.dailies.asset.ingest;

import java.time.Duration;
import java.util.List;

/** The results that wait to be taken in. Times are the database's. */
public interface IngestQueue {
  /**
   * Adds an order, unless one for that render was added before. Within the caller's transaction.
   */
  boolean note(IngestOrder order);

  /** Takes orders that nobody holds, oldest first. */
  List<Claim> claim(int most, Duration lease);

  /** Holds an order longer; false if it has been lost. */
  boolean renew(Claim claim, Duration lease);

  /** Gives an order back for a while, through no fault of its own. */
  void postpone(Claim claim, Duration wait, String reason);

  /** Gives an order back after a fault that its file may have caused: the claim counts. */
  void fail(Claim claim, Duration wait, String reason);
}
