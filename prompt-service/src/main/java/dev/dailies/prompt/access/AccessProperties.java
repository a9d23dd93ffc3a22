package dev.dailies.prompt.access;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code dailies.access}.
 *
 * @param keys the keys to begin with, each {@code workspace/role+role=secret}; without any, a
 *     service that binds loopback only knows the local ones
 * @param home the workspace whose operators open other workspaces
 * @param lastUsed how often it is written when keys were last used
 * @param cache how long a principal is remembered: a revoked key acts within this time
 */
@ConfigurationProperties(prefix = "dailies.access", ignoreUnknownFields = false)
record AccessProperties(
    @DefaultValue List<String> keys,
    @DefaultValue("local") String home,
    @DefaultValue("60s") Duration lastUsed,
    @DefaultValue("1s") Duration cache) {
  private static final List<String> LOCAL =
      List.of(
          "local/owner=dailies-local",
          "local/reviewer=dailies-reviewer",
          "local/moderator=dailies-moderator",
          "local/approver=dailies-approver");

  AccessProperties {
    keys = keys.stream().filter(key -> !key.isBlank()).toList();
    keys.forEach(ConfiguredKey::parse);
    if (lastUsed.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("dailies.access.last-used is at least 1s");
    }
    if (cache.isNegative() || cache.compareTo(Duration.ofSeconds(2)) > 0) {
      throw new IllegalArgumentException(
          "dailies.access.cache is at most 2s: so fast a revoked key must act");
    }
  }

  /** The configured keys, or the well-known local ones where nobody else can reach us. */
  List<ConfiguredKey> effective(boolean loopbackOnly) {
    List<String> written = keys.isEmpty() && loopbackOnly ? LOCAL : keys;
    return written.stream().map(ConfiguredKey::parse).toList();
  }
}
