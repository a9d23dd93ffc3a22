package dev.dailies.prompt.feed;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Lets a watcher follow the feed: first what it has missed, from the database, then what happens.
 */
final class FollowFeed {
  /**
   * So many read the past at a time: after a restart all come at once, and share few connections.
   */
  private static final int CATCHING_UP = 4;

  private final FeedLog feed;
  private final Watchers watchers;
  private final FeedProperties properties;
  private final Runnable cutOff;
  private final Semaphore catchingUp = new Semaphore(CATCHING_UP, true);

  FollowFeed(FeedLog feed, Watchers watchers, FeedProperties properties, Runnable cutOff) {
    this.feed = feed;
    this.watchers = watchers;
    this.properties = properties;
    this.cutOff = cutOff;
  }

  boolean knows(WorkspaceId workspace, GenerationId generation) {
    return feed.knows(workspace, generation);
  }

  Watchers.Admission admit(WorkspaceId workspace, FeedFilter filter) {
    return watchers.admit(workspace, filter);
  }

  /** How far back and forth the workspace's entries reach now. */
  FeedLog.Reach reach(Watcher watcher) throws InterruptedException {
    catchingUp.acquire();
    try {
      return feed.reach(watcher.workspace());
    } finally {
      catchingUp.release();
    }
  }

  FeedLog.Page page(Watcher watcher, long after, long upTo) throws InterruptedException {
    catchingUp.acquire();
    try {
      return feed.page(watcher.workspace(), watcher.filter(), after, upTo);
    } finally {
      catchingUp.release();
    }
  }

  /** Must be called for each who was admitted. */
  void leave(Watcher watcher) {
    watchers.leave(watcher);
  }

  /**
   * Tells until the watcher is cut off, its key ends or the service stops.
   *
   * @param reach as it was just now
   * @param after the last place that it knows; empty if it begins
   * @param allowed whether it may go on; asked every now and then
   */
  void follow(
      Watcher watcher,
      FeedLog.Reach reach,
      OptionalLong after,
      EventSink sink,
      BooleanSupplier allowed)
      throws IOException, InterruptedException {
    if (new Following(this, watcher, sink, allowed, properties).run(reach, after)
        == Watcher.End.CUT_OFF) {
      cutOff.run();
    }
  }
}
