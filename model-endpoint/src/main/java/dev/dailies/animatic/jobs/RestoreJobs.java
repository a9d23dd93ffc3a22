package dev.dailies.animatic.jobs;

import dev.dailies.animatic.journal.Journal;
import dev.dailies.animatic.journal.JournalEntry;
import dev.dailies.animatic.journal.VideoId;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the jobs of the last run those of this one. Where folder and journal differ, the process
 * was killed between them: the journal says whether a job was accepted, the folder how it ended.
 */
public final class RestoreJobs {
  private static final Logger LOG = LoggerFactory.getLogger(RestoreJobs.class);

  private final JobStore store;
  private final JobRunner runner;
  private final Journal journal;
  private final EndJob end;

  public RestoreJobs(JobStore store, JobRunner runner, Journal journal, EndJob end) {
    this.store = store;
    this.runner = runner;
    this.journal = journal;
    this.end = end;
  }

  /** Takes up what was left; what was being rendered is rendered from its start again. */
  public void restore() throws IOException {
    List<JournalEntry.Accepted> unended = journal.unended();
    Set<VideoId> open = new HashSet<>();
    unended.forEach(accepted -> open.add(accepted.id()));
    Set<VideoId> found = new HashSet<>();
    for (Job job : store.readAll()) {
      found.add(job.id());
      if (job.status().ended()) {
        store.publish(job);
        if (open.contains(job.id())) {
          end.recorded(job);
        }
      } else if (open.contains(job.id())) {
        Job again = job.waitingAgain();
        store.write(again);
        store.publish(again);
        runner.resume(again.id());
      } else {
        // Written, but never accepted; or cancelled, but not yet erased.
        store.delete(job.id());
      }
    }
    unended.stream().filter(accepted -> !found.contains(accepted.id())).forEach(end::lost);
    if (!found.isEmpty()) {
      LOG.info("{} jobs of the last run, {} of them to be finished", found.size(), open.size());
    }
  }

  /** Knows nothing of the last run, as servers that keep their jobs in memory do. */
  public void forget() throws IOException {
    for (Job job : store.readAll()) {
      store.delete(job.id());
    }
    journal.unended().forEach(end::lost);
  }
}
