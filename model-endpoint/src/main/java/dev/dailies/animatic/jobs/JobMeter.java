package dev.dailies.animatic.jobs;

import dev.dailies.animatic.journal.JournalEntry;
import java.time.Duration;

/** Is told what happens to jobs, to count it. */
public interface JobMeter {
  /** A job ended. */
  void ended(JournalEntry.Outcome outcome);

  /** A clip was rendered, in this time. */
  void rendered(Duration time);
}
