package dev.dailies.vault;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Gives a service its {@link AssetVault}, and the {@code store} entry of its health. */
@AutoConfiguration
@EnableConfigurationProperties(VaultProperties.class)
public class VaultAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  AssetVault assetVault(VaultProperties properties) {
    return new MinioAssetVault(properties);
  }

  @Bean
  HealthIndicator storeHealthIndicator(AssetVault vault, VaultProperties properties) {
    return new StoreHealthIndicator(vault, properties);
  }
}
