package dev.dailies.animatic.server;

import dev.dailies.animatic.jobs.Job;
import dev.dailies.animatic.journal.VideoId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the looks at jobs that are told to seem missing for a while. */
final class MissingLooks {
  private final Map<VideoId, AtomicInteger> looks = new ConcurrentHashMap<>();

  boolean isMissing(Job job) {
    int wanted = job.directives().missingLooks();
    if (wanted == 0) {
      return false;
    }
    return looks.computeIfAbsent(job.id(), id -> new AtomicInteger()).incrementAndGet() <= wanted;
  }
}
