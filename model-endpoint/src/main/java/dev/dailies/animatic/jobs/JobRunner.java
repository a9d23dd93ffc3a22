package dev.dailies.animatic.jobs;

import dev.dailies.animatic.journal.VideoId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on jobs in the order they came, so many at a time as there are slots, and lets so many wait
 * as the queue holds. A place is reserved before a job is accepted, so that what is accepted always
 * has one.
 */
public final class JobRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
  private static final Duration ABORT_LIMIT = Duration.ofSeconds(2);
  private static final Duration USUAL_RENDER = Duration.ofSeconds(1);

  private final JobStore store;
  private final RunJob work;
  private final EndJob end;
  private final int slots;
  private final int capacity;
  private final AtomicInteger occupied = new AtomicInteger();
  private final LinkedBlockingQueue<VideoId> waiting = new LinkedBlockingQueue<>();
  private final Map<VideoId, Run> running = new ConcurrentHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closing;

  /**
   * Starts working at once.
   *
   * @param slots jobs worked on at a time
   * @param queue jobs that may wait beyond those
   */
  public JobRunner(JobStore store, RunJob work, EndJob end, int slots, int queue) {
    this.store = store;
    this.work = work;
    this.end = end;
    this.slots = slots;
    this.capacity = slots + queue;
    for (int i = 0; i < slots; i++) {
      threads.add(Thread.ofVirtual().name("slot-" + i).start(this::work));
    }
  }

  /** A place in the queue that belongs to a request that is about to be accepted. */
  public final class Place {
    private Place() {}

    /** Puts the accepted job there. */
    void take(VideoId id) {
      waiting.add(id);
    }

    /** Lets somebody else have it. */
    void giveBack() {
      occupied.decrementAndGet();
    }
  }

  /** A place, unless all are taken. */
  Optional<Place> reserve() {
    int before = occupied.getAndUpdate(n -> n < capacity ? n + 1 : n);
    return before < capacity ? Optional.of(new Place()) : Optional.empty();
  }

  /** Takes up a job that was accepted before the last restart; there is always a place for it. */
  void resume(VideoId id) {
    occupied.incrementAndGet();
    waiting.add(id);
  }

  /** When a place may be free again: a guess. */
  Duration estimatedWait() {
    return USUAL_RENDER.multipliedBy(Math.max(1, waiting.size() / slots));
  }

  /** How many wait for a slot. */
  public int waitingCount() {
    return waiting.size();
  }

  /** How many slots are taken. */
  public int runningCount() {
    return running.size();
  }

  /** How many jobs are worked on at a time. */
  public int slots() {
    return slots;
  }

  /**
   * Ends and forgets a job, whatever its state; work on it has stopped when this returns.
   *
   * @return false if it is unknown
   */
  public boolean cancel(VideoId id) throws InterruptedException {
    Run run;
    synchronized (running) {
      Optional<Job> job = store.find(id);
      if (job.isEmpty()) {
        return false;
      }
      run = running.get(id);
      if (run == null && !job.get().status().ended()) {
        if (waiting.remove(id)) {
          occupied.decrementAndGet();
        }
        // Else a slot has just taken it up, and will find it gone.
        end.cancelled(job.get(), false);
        return true;
      }
    }
    if (run != null) {
      run.cancel();
      run.awaitEnd(ABORT_LIMIT);
    }
    // It may have ended by itself: what is left then is deleted.
    store.delete(id);
    return true;
  }

  /** Stops working; what was not finished is taken up again at the next start. */
  @Override
  public void close() throws InterruptedException {
    closing = true;
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      thread.join(ABORT_LIMIT);
    }
  }

  private void work() {
    while (!closing) {
      try {
        VideoId id = waiting.take();
        try {
          start(id);
        } finally {
          occupied.decrementAndGet();
        }
      } catch (InterruptedException e) {
        // Either the server stops, which the loop's condition tells, or a cancel came too late.
        LOG.debug("slot interrupted while idle");
      }
    }
  }

  private void start(VideoId id) {
    Run run = new Run(Thread.currentThread());
    Optional<Job> job;
    synchronized (running) {
      job = store.find(id);
      if (job.isEmpty()) {
        return;
      }
      running.put(id, run);
    }
    try {
      runOne(job.get(), run);
    } finally {
      running.remove(id);
      run.ended.countDown();
    }
  }

  private void runOne(Job job, Run run) {
    try {
      work.run(job);
    } catch (InterruptedException e) {
      if (!closing && run.isCancelled()) {
        end.cancelled(job, true);
      }
    } catch (RuntimeException e) {
      LOG.error("job {} failed", job.id(), e);
      end.failed(
          job,
          new Job.JobError("internal_error", "The video could not be rendered."),
          job.price().none());
    } finally {
      run.close();
      // The next job of this slot starts with a clean thread.
      Thread.interrupted();
    }
  }

  /** One job in one slot. */
  private static final class Run {
    private final Thread slot;
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean open = true;
    private boolean cancelled;

    Run(Thread slot) {
      this.slot = slot;
    }

    synchronized void cancel() {
      if (open) {
        cancelled = true;
        slot.interrupt();
      }
    }

    synchronized boolean isCancelled() {
      return cancelled;
    }

    synchronized void close() {
      open = false;
    }

    void awaitEnd(Duration limit) throws InterruptedException {
      if (!ended.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("a cancelled job still runs after {}", limit);
      }
    }
  }
}
