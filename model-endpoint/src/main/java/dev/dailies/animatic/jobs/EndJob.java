package dev.dailies.animatic.jobs;

import dev.dailies.animatic.journal.Journal;
import dev.dailies.animatic.journal.JournalEntry;
import dev.dailies.animatic.journal.JournalEntry.Outcome;
import dev.dailies.animatic.journal.Money;
import java.time.Clock;
import java.util.Optional;

/** Brings a job to one of its ends: its own state first, then the journal's line. */
public final class EndJob {
  private final JobStore store;
  private final Journal journal;
  private final JobMeter meter;
  private final Clock clock;

  public EndJob(JobStore store, Journal journal, JobMeter meter, Clock clock) {
    this.store = store;
    this.journal = journal;
    this.meter = meter;
    this.clock = clock;
  }

  void completed(Job job) {
    store.move(job.id(), now -> now.completed(clock.instant()));
    write(job, Outcome.COMPLETED, Optional.empty(), job.price());
  }

  void failed(Job job, Job.JobError why, Money cost) {
    store.move(job.id(), now -> now.failed(clock.instant(), why, cost));
    write(job, Outcome.FAILED, Optional.of(why.code()), cost);
  }

  /** Work that was begun is paid although nobody wants it any more, as with real servers. */
  void cancelled(Job job, boolean begun) {
    write(job, Outcome.CANCELLED, Optional.empty(), begun ? job.price() : job.price().none());
    store.delete(job.id());
  }

  void lost(Job job) {
    write(job, Outcome.LOST, Optional.empty(), job.price().none());
    store.delete(job.id());
  }

  /** Writes the line that a crash left out. */
  void recorded(Job job) {
    write(
        job,
        job.status() == Job.Status.COMPLETED ? Outcome.COMPLETED : Outcome.FAILED,
        job.error().map(Job.JobError::code),
        job.billed().orElse(job.price().none()));
  }

  /** Ends a job of which nothing but the journal is left. */
  void lost(JournalEntry.Accepted accepted) {
    journal.append(
        new JournalEntry.Ended(
            clock.instant(),
            accepted.id(),
            accepted.clientReference(),
            Outcome.LOST,
            Optional.empty(),
            accepted.price().none()));
    meter.ended(Outcome.LOST);
  }

  private void write(Job job, Outcome outcome, Optional<String> code, Money billed) {
    journal.append(
        new JournalEntry.Ended(
            clock.instant(), job.id(), job.request().clientReference(), outcome, code, billed));
    meter.ended(outcome);
  }
}
