package dev.dailies.prompt.feed;

import dev.dailies.contracts.WorkspaceId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Those who watch through this process. */
final class Watchers {
  private final int mostPerWorkspace;
  private final int buffer;
  private final Map<WorkspaceId, Set<Watcher>> all = new ConcurrentHashMap<>();
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
    if (!open) {
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
  }

  /** Lets all go; they resume elsewhere. */
  void close() {
    open = false;
    all.values().forEach(mates -> mates.forEach(Watcher::close));
  }

  int count() {
    return all.values().stream().mapToInt(Set::size).sum();
  }
}
