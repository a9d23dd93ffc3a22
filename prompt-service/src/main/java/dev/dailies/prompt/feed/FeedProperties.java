package dev.dailies.prompt.feed;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code dailies.feed}.
 *
 * @param keep how far back a watcher can resume
 * @param poll longest time until what another process wrote is seen
 * @param heartbeat longest silence on a connection
 * @param check longest time between two looks at whether the key still is good
 * @param buffer entries that may wait for a slow watcher before it is cut off
 * @param watchers most of one workspace, in one process
 */
@ConfigurationProperties(prefix = "dailies.feed", ignoreUnknownFields = false)
public record FeedProperties(
    @DefaultValue("7d") Duration keep,
    @DefaultValue("500ms") Duration poll,
    @DefaultValue("15s") Duration heartbeat,
    @DefaultValue("500ms") Duration check,
    @DefaultValue("1000") int buffer,
    @DefaultValue("1000") int watchers) {
  public FeedProperties {
    if (!keep.isPositive() || !poll.isPositive() || !heartbeat.isPositive()) {
      throw new IllegalArgumentException("dailies.feed: keep, poll and heartbeat take time");
    }
    if (!check.isPositive() || check.compareTo(heartbeat) > 0) {
      throw new IllegalArgumentException("dailies.feed: a key is checked within a heartbeat");
    }
    if (buffer < 1 || watchers < 1) {
      throw new IllegalArgumentException("dailies.feed: buffer and watchers are at least 1");
    }
  }
}
