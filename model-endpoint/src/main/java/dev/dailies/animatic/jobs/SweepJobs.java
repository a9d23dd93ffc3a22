package dev.dailies.animatic.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets ended jobs: those that are old, and the oldest while all take too much room. */
public final class SweepJobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SweepJobs.class);
  private static final Duration INTERVAL = Duration.ofMinutes(1);

  private final JobStore store;
  private final Duration keep;
  private final long keepBytes;
  private final Clock clock;
  private final Thread thread;

  /** Sweeps every minute until closed. */
  public SweepJobs(JobStore store, Duration keep, long keepBytes, Clock clock) {
    this.store = store;
    this.keep = keep;
    this.keepBytes = keepBytes;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("sweep").start(this::run);
  }

  /** When a job that ended then is forgotten at the latest. */
  public Instant expiry(Instant endedAt) {
    return endedAt.plus(keep);
  }

  /** Sweeps once. */
  public void sweep() {
    Instant now = clock.instant();
    List<Job> ended = store.all().stream().filter(job -> job.status().ended()).toList();
    long bytes = ended.stream().mapToLong(this::size).sum();
    for (Job job : ended) {
      boolean old = job.endedAt().map(this::expiry).filter(now::isAfter).isPresent();
      if (old || bytes > keepBytes) {
        bytes -= size(job);
        store.delete(job.id());
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private long size(Job job) {
    try {
      return Files.size(store.files(job.id()).video());
    } catch (IOException absent) {
      // A failed job has no clip.
      return 0;
    }
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(INTERVAL);
        try {
          sweep();
        } catch (RuntimeException e) {
          LOG.warn("sweeping failed, and is tried again", e);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
