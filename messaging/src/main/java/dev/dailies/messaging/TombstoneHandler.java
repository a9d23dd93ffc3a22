package dev.dailies.messaging;

/** Takes in that a key of a compacted topic was removed. */
@FunctionalInterface
public interface TombstoneHandler {
  void on(String key, EventContext context);
}
