package dev.dailies.review.moderation;

import dev.dailies.review.ReviewSteps;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims moderation tasks and judges them, a bounded number at a time. It is woken for new work and
 * looks once a second for what it was not woken for: retries, lapsed leases, other processes' work.
 */
final class ModerationLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ModerationLoop.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final ModerationTasks tasks;
  private final JudgeAsset judge;
  private final TracedWork traced;
  private final ModerationMeters meters;
  private final WakeUp wakeUp;
  private final Duration lease;
  private final Semaphore judgings;
  private final Map<UUID, ClaimedTask> running = new ConcurrentHashMap<>();
  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("judge-", 0).factory());
  private volatile boolean closed;
  private @Nullable Thread looker;

  ModerationLoop(
      ModerationTasks tasks,
      JudgeAsset judge,
      TracedWork traced,
      ModerationMeters meters,
      WakeUp wakeUp,
      Duration lease,
      int concurrency) {
    this.tasks = tasks;
    this.judge = judge;
    this.traced = traced;
    this.meters = meters;
    this.wakeUp = wakeUp;
    this.lease = lease;
    this.judgings = new Semaphore(concurrency);
  }

  void start() {
    looker = Thread.ofPlatform().daemon().name("moderation").start(this::run);
  }

  private void run() {
    long renewed = System.nanoTime();
    while (!closed) {
      try {
        if (System.nanoTime() - renewed > lease.toNanos() / 3) {
          renewed = System.nanoTime();
          if (!running.isEmpty()) {
            tasks.renew(List.copyOf(running.keySet()), lease);
          }
          meters.backlog(tasks.backlog());
        }
        claim();
        wakeUp.await(LOOK);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        // The database is down, most likely; tasks stay where they are.
        log.warn("No tasks can be claimed: {}", e.toString());
        if (!pause()) {
          return;
        }
      }
    }
  }

  private boolean pause() {
    try {
      Thread.sleep(LOOK);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void claim() {
    int free = judgings.availablePermits();
    if (free == 0) {
      return;
    }
    for (ClaimedTask task : tasks.claim(free, lease)) {
      judgings.acquireUninterruptibly();
      running.put(task.lease(), task);
      meters.began();
      workers.execute(() -> attempt(task));
    }
  }

  private void attempt(ClaimedTask task) {
    try {
      traced.under(task.trace(), "judge asset", () -> judgeAndSettle(task));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Not settled: the lease lapses and the task is claimed again.
      log.warn("{} was not settled: {}", task.asset(), e.toString());
    } finally {
      running.remove(task.lease());
      meters.ended();
      judgings.release();
      wakeUp.call();
    }
  }

  private void judgeAndSettle(ClaimedTask task) throws InterruptedException {
    ReviewSteps.TASK_CLAIMED.reach();
    long began = System.nanoTime();
    switch (judge.judge(task)) {
      case NextStep.Decide decide -> {
        ReviewSteps.JUDGED_BEFORE_COMMIT.reach();
        if (tasks.decide(task, decide.verdict())) {
          ReviewSteps.DECIDED_COMMITTED.reach();
          meters.decided(decide.verdict().outcome(), false);
          if (decide.verdict().outcome() != Outcome.CLEAR) {
            log.info(
                "{}: {} for {}",
                task.asset(),
                decide.verdict().outcome().code(),
                decide.verdict().signals().stream().map(Signal::category).toList());
          }
          meters.judged(Duration.ofNanos(System.nanoTime() - began));
        }
      }
      case NextStep.Defer defer -> {
        tasks.defer(task, defer.reason(), defer.delay());
        meters.deferred(defer.reason());
      }
      case NextStep.Drop drop -> tasks.drop(task);
    }
  }

  @Override
  public void close() {
    closed = true;
    if (looker != null) {
      looker.interrupt();
    }
    workers.shutdown();
    try {
      if (!workers.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
