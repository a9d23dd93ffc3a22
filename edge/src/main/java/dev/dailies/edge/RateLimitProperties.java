package dev.dailies.edge;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code dailies.rate-limit}. Each process counts for itself: with n of a service
 * behind a balancer a key has up to n times as much.
 *
 * @param requestsPerMinute what one key or person may ask in a minute, all of it at once too; 0: no
 *     limit
 * @param failuresPerMinute how many wrong keys one address may try in a minute; 0: no limit
 */
@ConfigurationProperties(prefix = "dailies.rate-limit", ignoreUnknownFields = false)
record RateLimitProperties(
    @DefaultValue("6000") int requestsPerMinute, @DefaultValue("300") int failuresPerMinute) {
  RateLimitProperties {
    if (requestsPerMinute < 0 || failuresPerMinute < 0) {
      throw new IllegalArgumentException("a limit under dailies.rate-limit is 0 or more");
    }
  }
}
