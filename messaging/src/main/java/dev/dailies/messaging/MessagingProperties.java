package dev.dailies.messaging;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings under {@code dailies.messaging}.
 *
 * @param producer name of this service; stands in {@code ce_source} and begins its consumer groups
 * @param pools pools whose job topics are created at start
 * @param replication replicas of created topics; -1 is the broker's default
 * @param schemaWait how long a record with an unknown schema is waited for before it is parked
 * @param sessionTimeout after this long a dead consumer's partitions go to another
 * @param instance a name that this process keeps over restarts; with it a restarted process has its
 *     partitions back at once, instead of after the session timeout
 * @param scanInterval how often the relay looks for what it was not woken for
 */
@ConfigurationProperties(prefix = "dailies.messaging", ignoreUnknownFields = false)
public record MessagingProperties(
    @Nullable String producer,
    @DefaultValue List<String> pools,
    @DefaultValue("-1") short replication,
    @DefaultValue("60s") Duration schemaWait,
    @DefaultValue("10s") Duration sessionTimeout,
    @Nullable String instance,
    @DefaultValue("1s") Duration scanInterval) {

  public MessagingProperties {
    if (producer == null || producer.isBlank()) {
      throw new IllegalArgumentException("dailies.messaging.producer must name this service");
    }
  }

  /** The name of this service. */
  public String service() {
    return java.util.Objects.requireNonNull(producer);
  }
}
