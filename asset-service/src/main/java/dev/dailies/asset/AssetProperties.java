package dev.dailies.asset;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of this service.
 *
 * @param scratch folder for media in work; what a killed process left is removed at start
 * @param scratchReserve space on its disk that ingest leaves free
 * @param ingests how many assets are taken in at once
 * @param lease how long an ingest is held without a sign of life before another process may take it
 * @param scan how often the queue is looked through for what nobody was woken for
 * @param patience wait before an ingest is tried again that lacked space or a store
 * @param longest the longest video that is taken in
 * @param recheck how often a stream that is being sent is looked up again
 * @param downloadValidity how long a download URL may be opened; at most a minute
 */
@ConfigurationProperties(prefix = "dailies.asset", ignoreUnknownFields = false)
public record AssetProperties(
    Path scratch,
    @DefaultValue("512MB") DataSize scratchReserve,
    @DefaultValue("2") int ingests,
    @DefaultValue("20s") Duration lease,
    @DefaultValue("1s") Duration scan,
    @DefaultValue("5s") Duration patience,
    @DefaultValue("1h") Duration longest,
    @DefaultValue("10s") Duration recheck,
    @DefaultValue("60s") Duration downloadValidity) {
  private static final Duration LONGEST_DOWNLOAD = Duration.ofSeconds(60);
  private static final Duration LONGEST_RECHECK = Duration.ofSeconds(10);

  public AssetProperties {
    if (ingests < 1) {
      throw new IllegalArgumentException("dailies.asset.ingests is 1 or more, not " + ingests);
    }
    if (!downloadValidity.isPositive() || downloadValidity.compareTo(LONGEST_DOWNLOAD) > 0) {
      throw new IllegalArgumentException("dailies.asset.download-validity is 1s to 60s");
    }
    if (!recheck.isPositive() || recheck.compareTo(LONGEST_RECHECK) > 0) {
      throw new IllegalArgumentException("dailies.asset.recheck is at most 10s");
    }
  }
}
