package dev.dailies.review.moderation;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Starts and stops judging with the service: a loop each time. */
final class JudgingListener implements SmartLifecycle {
  private final Supplier<ModerationLoop> loops;
  private volatile @Nullable ModerationLoop loop;

  JudgingListener(Supplier<ModerationLoop> loops) {
    this.loops = loops;
  }

  @Override
  public synchronized void start() {
    if (loop == null) {
      ModerationLoop begun = loops.get();
      begun.start();
      loop = begun;
    }
  }

  @Override
  public synchronized void stop() {
    ModerationLoop ended = loop;
    if (ended != null) {
      ended.close();
      loop = null;
    }
  }

  @Override
  public boolean isRunning() {
    return loop != null;
  }
}
