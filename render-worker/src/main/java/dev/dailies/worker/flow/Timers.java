package dev.dailies.worker.flow;

import dev.dailies.contracts.RenderId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each render's work on a virtual thread, one at a time per render; in between a render is a
 * timer. Waking a render that is at work lets it go round once more.
 */
public final class Timers implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Timers.class);
  private static final Duration AFTER_AN_ERROR = Duration.ofSeconds(5);

  private final ScheduledThreadPoolExecutor clock;
  private final Map<RenderRun, Turn> turns = new ConcurrentHashMap<>();
  private volatile boolean closed;

  public Timers() {
    clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("render-timers").factory());
    clock.setRemoveOnCancelPolicy(true);
  }

  private static final class Turn {
    private boolean running;
    private boolean again;
    private @Nullable ScheduledFuture<?> timer;
  }

  /**
   * Runs the work now.
   *
   * @param work says when it wants to run again; empty: never
   */
  void now(RenderRun run, Supplier<Optional<Duration>> work) {
    Turn turn = turns.computeIfAbsent(run, r -> new Turn());
    synchronized (turn) {
      if (turn.timer != null) {
        turn.timer.cancel(false);
        turn.timer = null;
      }
      if (turn.running) {
        turn.again = true;
        return;
      }
      if (closed) {
        return;
      }
      turn.running = true;
    }
    start(run.id(), () -> round(run, turn, work));
  }

  private static void start(RenderId id, Runnable round) {
    Thread.ofVirtual().name("render-" + id).start(round);
  }

  private void round(RenderRun run, Turn turn, Supplier<Optional<Duration>> work) {
    while (true) {
      Optional<Duration> wait = carefully(run, work);
      synchronized (turn) {
        if (wait.isPresent() && turn.again && !closed) {
          turn.again = false;
          continue;
        }
        turn.running = false;
        if (wait.isEmpty() || closed) {
          turns.remove(run, turn);
        } else {
          turn.timer =
              clock.schedule(() -> now(run, work), wait.get().toNanos(), TimeUnit.NANOSECONDS);
        }
        return;
      }
    }
  }

  /** A render whose step ends in an Error must not be held for ever without being worked on. */
  private static Optional<Duration> carefully(RenderRun run, Supplier<Optional<Duration>> work) {
    try {
      return work.get();
    } catch (RuntimeException | Error e) {
      log.error("A step of {} broke off", run.id(), e);
      run.doubt();
      return Optional.of(AFTER_AN_ERROR);
    }
  }

  @Override
  public void close() {
    closed = true;
    clock.shutdownNow();
  }
}
