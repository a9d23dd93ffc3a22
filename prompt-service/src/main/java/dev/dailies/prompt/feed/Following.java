package dev.dailies.prompt.feed;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/** One connection of one watcher, from its beginning to its end. */
final class Following {
  private final FollowFeed feed;
  private final Watcher watcher;
  private final EventSink sink;
  private final BooleanSupplier allowed;
  private final FeedProperties properties;
  private long cursor;
  private long told = System.nanoTime();
  private long checked = System.nanoTime();

  Following(
      FollowFeed feed,
      Watcher watcher,
      EventSink sink,
      BooleanSupplier allowed,
      FeedProperties properties) {
    this.feed = feed;
    this.watcher = watcher;
    this.sink = sink;
    this.allowed = allowed;
    this.properties = properties;
  }

  /** Why it ended; NONE: the watcher may not go on. */
  Watcher.End run(FeedLog.Reach reach, OptionalLong after)
      throws IOException, InterruptedException {
    begin(reach, after);
    // The long past first, with nothing collected meanwhile; then what came during it.
    if (!catchUp(reach.newest())) {
      return Watcher.End.NONE;
    }
    watcher.listen();
    // Committed later than this: read later by the tail, too, and so in the buffer.
    if (!catchUp(feed.reach(watcher).newest())) {
      return Watcher.End.NONE;
    }
    return live();
  }

  private void begin(FeedLog.Reach reach, OptionalLong after) throws IOException {
    if (after.isEmpty()) {
      cursor = watcher.filter().generation().isPresent() ? reach.oldest() - 1 : reach.newest();
      sink.opened(cursor);
    } else if (after.getAsLong() > reach.newest()) {
      reset("unknown", reach);
    } else if (after.getAsLong() < reach.oldest() - 1) {
      reset("expired", reach);
    } else {
      cursor = after.getAsLong();
      sink.opened(cursor);
    }
  }

  private void reset(String reason, FeedLog.Reach reach) throws IOException {
    cursor = reach.newest();
    sink.reset(cursor, FeedJson.reset(reason, reach));
  }

  private boolean catchUp(long upTo) throws IOException, InterruptedException {
    while (cursor < upTo) {
      FeedLog.Page page = feed.page(watcher, cursor, upTo);
      tell(page.entries());
      cursor = page.upTo();
      if (!goesOn()) {
        return false;
      }
    }
    return true;
  }

  private Watcher.End live() throws IOException, InterruptedException {
    while (true) {
      Watcher.Taken taken = watcher.take(properties.check());
      if (taken.end() != Watcher.End.NONE) {
        return taken.end();
      }
      if (!goesOn()) {
        return Watcher.End.NONE;
      }
      long known = cursor;
      tell(taken.entries().stream().filter(entry -> entry.place() > known).toList());
      cursor = Math.max(cursor, taken.seen());
    }
  }

  private void tell(List<FeedEntry> entries) throws IOException {
    if (!entries.isEmpty()) {
      sink.entries(entries);
      told = System.nanoTime();
    }
  }

  /** Keeps the connection alive; whether the watcher may still be told. */
  private boolean goesOn() throws IOException {
    if (isDue(checked, properties.check())) {
      if (!allowed.getAsBoolean()) {
        return false;
      }
      checked = System.nanoTime();
    }
    if (isDue(told, properties.heartbeat())) {
      sink.heartbeat(cursor);
      told = System.nanoTime();
    }
    return true;
  }

  private static boolean isDue(long since, Duration after) {
    return System.nanoTime() - since >= after.toNanos();
  }
}
