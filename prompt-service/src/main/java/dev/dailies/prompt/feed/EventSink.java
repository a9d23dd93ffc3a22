package dev.dailies.prompt.feed;

import java.io.IOException;

/** The connection to one watcher. Every method sends at once what it is given. */
interface EventSink {
  /** The stream stands; resume behind this place. */
  void opened(long place) throws IOException;

  /** What lies before this place can't be told any more, or never was: load anew, go on here. */
  void reset(long place, String data) throws IOException;

  void entries(Iterable<FeedEntry> entries) throws IOException;

  /** Nothing is to be told; resume behind this place. */
  void heartbeat(long place) throws IOException;
}
