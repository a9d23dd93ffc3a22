package dev.dailies.worker.claim;

import dev.dailies.contracts.event.RenderJob;

/** What reading a record of the job topic gave. */
sealed interface JobReading {
  record Readable(RenderJob job) implements JobReading {}

  /** Written with a schema that nobody has told us of yet. */
  record SchemaUnknown(long fingerprint) implements JobReading {}

  /**
   * No repeat will make it readable.
   *
   * @param reason as a code
   */
  record Unreadable(String reason, String why) implements JobReading {}
}
