package dev.dailies.animatic.journal;

import java.time.Instant;
import java.util.Optional;

/** One line of the journal. */
public sealed interface JournalEntry {
  /** When it was written. */
  Instant at();

  /**
   * A submit was accepted, and with that its price is owed if it ends well. This is what "paid"
   * means to every test.
   *
   * @param operation remix, edit or extend; absent for a clip made from nothing
   * @param source the id of the clip that it is made of, if that has one
   */
  record Accepted(
      Instant at,
      VideoId id,
      Optional<String> clientReference,
      String model,
      String seconds,
      String size,
      long seed,
      Money price,
      Optional<String> operation,
      Optional<String> source,
      Optional<String> traceparent)
      implements JournalEntry {}

  /** A submit was not accepted, and costs nothing. */
  record Rejected(Instant at, Optional<String> clientReference, int status, String code)
      implements JournalEntry {}

  /** An accepted job came to its end. */
  record Ended(
      Instant at,
      VideoId id,
      Optional<String> clientReference,
      Outcome outcome,
      Optional<String> code,
      Money billed)
      implements JournalEntry {}

  /** How a job ended. */
  enum Outcome {
    COMPLETED,
    FAILED,
    CANCELLED,
    /** Forgotten: the endpoint knows it no more, as real servers do after a restart. */
    LOST
  }
}
