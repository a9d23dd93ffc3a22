package dev.dailies.prompt.feed;

import dev.dailies.contracts.WorkspaceId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Those who watch through this process. */
final class Watchers {
  /** A process that has just started reads the feed within this time. */
  private static final Duration OPENING = Duration.ofSeconds(5);

  private final int mostPerWorkspace;
  private final int buffer;
  private final Map<WorkspaceId, Set<Watcher>> all = new ConcurrentHashMap<>();
  private final CountDownLatch opened = new CountDownLatch(1);
  private volatile boolean open;

  Watchers(int mostPerWorkspace, int buffer) {
    this.mostPerWorkspace = mostPerWorkspace;
    this.buffer = buffer;
  }

  /** What became of the wish to watch. */
  sealed interface Admission {
    record Admitted(Watcher watcher) implements Admission {}

    /** The feed is not being read yet, or no longer. */
    record NotReady() implements Admission {}

    /** The workspace has as many as it may. */
    record TooMany(int most) implements Admission {}
  }

  Admission admit(WorkspaceId workspace, FeedFilter filter) {
    if (!awaitOpen()) {
      return new Admission.NotReady();
    }
    Set<Watcher> mates = all.computeIfAbsent(workspace, any -> ConcurrentHashMap.newKeySet());
    Watcher watcher = new Watcher(workspace, filter, buffer);
    synchronized (mates) {
      if (mates.size() >= mostPerWorkspace) {
        return new Admission.TooMany(mostPerWorkspace);
      }
      mates.add(watcher);
    }
    if (!open) {
      // Closed meanwhile: it may have been added behind the closer's back.
      watcher.close();
    }
    return new Admission.Admitted(watcher);
  }

  /**
   * Whoever lost a stream to a restart comes back at once, and is let in a moment later rather than
   * refused: at an answer other than 200 a browser's EventSource gives up for good.
   */
  private boolean awaitOpen() {
    try {
      return opened.await(OPENING.toMillis(), TimeUnit.MILLISECONDS) && open;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void leave(Watcher watcher) {
    all.getOrDefault(watcher.workspace(), Set.of()).remove(watcher);
  }

  void publish(List<FeedEntry> entries) {
    for (FeedEntry entry : entries) {
      all.getOrDefault(entry.workspace(), Set.of()).forEach(watcher -> watcher.offer(entry));
    }
  }

  /** The feed is being read from here on: nothing that comes is missed. */
  void open() {
    open = true;
    opened.countDown();
  }

  /** Lets all go; they resume elsewhere. */
  void close() {
    open = false;
    opened.countDown();
    all.values().forEach(mates -> mates.forEach(Watcher::close));
  }

  int count() {
    return all.values().stream().mapToInt(Set::size).sum();
  }
}
