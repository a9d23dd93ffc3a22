package dev.dailies.vault;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Answers "would the store work now?", and what the store was seen to do. The store is tried the
 * first time it answers, so a service starts without it.
 */
final class StoreHealthIndicator implements HealthIndicator {
  private static final Logger log = LoggerFactory.getLogger(StoreHealthIndicator.class);

  private final AssetVault vault;
  private final VaultProperties properties;
  private final ReentrantLock probing = new ReentrantLock();
  private volatile Optional<StoreCapabilities> capabilities = Optional.empty();

  StoreHealthIndicator(AssetVault vault, VaultProperties properties) {
    this.vault = vault;
    this.properties = properties;
  }

  @Override
  public Health health() {
    Health.Builder health =
        Health.up()
            .withDetail("store", properties.store())
            .withDetail("endpoint", properties.endpoint().toString())
            .withDetail("bucket", properties.bucket());
    try {
      vault.check();
      probeOnce();
    } catch (VaultUnavailable e) {
      return health.down().withDetail("reason", String.valueOf(e.getMessage())).build();
    }
    capabilities.ifPresent(can ->
        health
            .withDetail("conditional_put", can.conditionalPut())
            .withDetail("ranges", can.ranges()));
    return health.build();
  }

  private void probeOnce() {
    if (capabilities.isPresent() || !probing.tryLock()) {
      return;
    }
    try {
      StoreCapabilities can = StoreCapabilities.probe(vault);
      capabilities = Optional.of(can);
      if (!can.conditionalPut() || !can.ranges()) {
        log.warn("store {} lacks what Dailies relies on: {}", properties, can);
      }
    } finally {
      probing.unlock();
    }
  }
}
