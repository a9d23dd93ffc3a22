package dev.dailies.prompt.feed;

import dev.dailies.contracts.WorkspaceId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One who watches: a bounded buffer between the process's one reader of the feed and a connection.
 * Who reads too slowly loses the buffer and is cut off; memory stays bounded, and the reader of the
 * feed never waits.
 */
final class Watcher {
  private final WorkspaceId workspace;
  private final FeedFilter filter;
  private final int most;
  private final ArrayDeque<FeedEntry> buffer = new ArrayDeque<>();
  private End end = End.NONE;
  private boolean listening;
  private long seen;

  Watcher(WorkspaceId workspace, FeedFilter filter, int most) {
    this.workspace = workspace;
    this.filter = filter;
    this.most = most;
  }

  /** Why it gets no more. */
  enum End {
    NONE,
    /** Read too slowly. */
    CUT_OFF,
    /** The service stops. */
    CLOSED
  }

  /**
   * What there was.
   *
   * @param seen every wanted entry up to this place has been handed out; 0: none was seen yet
   */
  record Taken(List<FeedEntry> entries, long seen, End end) {}

  WorkspaceId workspace() {
    return workspace;
  }

  FeedFilter filter() {
    return filter;
  }

  /** From now on what is offered is kept; before, the past has to be read. */
  synchronized void listen() {
    listening = true;
  }

  synchronized void offer(FeedEntry entry) {
    if (!listening || end != End.NONE) {
      return;
    }
    seen = entry.place();
    if (!filter.matches(entry)) {
      return;
    }
    if (buffer.size() == most) {
      end(End.CUT_OFF);
    } else {
      buffer.add(entry);
      notifyAll();
    }
  }

  synchronized void close() {
    if (end == End.NONE) {
      end(End.CLOSED);
    }
  }

  private void end(End why) {
    end = why;
    buffer.clear();
    notifyAll();
  }

  /** Takes what there is, waiting for it at most so long. */
  synchronized Taken take(Duration longest) throws InterruptedException {
    long until = System.nanoTime() + longest.toNanos();
    while (buffer.isEmpty() && end == End.NONE) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        break;
      }
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
    }
    List<FeedEntry> entries = List.copyOf(buffer);
    buffer.clear();
    return new Taken(entries, seen, end);
  }
}
