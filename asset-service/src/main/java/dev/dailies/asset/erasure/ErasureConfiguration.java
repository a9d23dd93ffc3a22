package dev.dailies.asset.erasure;

import dev.dailies.asset.AssetMeters;
import dev.dailies.asset.AssetProperties;
import dev.dailies.asset.Rounds;
import dev.dailies.asset.delivery.ViewJudge;
import dev.dailies.messaging.Outbox;
import dev.dailies.vault.AssetVault;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires erasure. */
@Configuration(proxyBeanMethods = false)
class ErasureConfiguration {
  @Bean
  Erasures erasures(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      ViewJudge views,
      Outbox outbox,
      MeterRegistry meters) {
    Erasures erasures =
        new JdbcErasures(jdbc, new TransactionTemplate(transactions), views, outbox);
    Gauge.builder(AssetMeters.ERASURES.getName(), erasures, ErasureConfiguration::unconfirmed)
        .register(meters);
    return erasures;
  }

  private static double unconfirmed(Erasures erasures) {
    try {
      return erasures.unconfirmed();
    } catch (DataAccessException e) {
      return Double.NaN;
    }
  }

  @Bean(initMethod = "start")
  Rounds erasureRounds(Erasures erasures, AssetVault vault, AssetProperties properties) {
    EraseMedia erase = new EraseMedia(erasures, vault, properties.patience());
    return new Rounds("erasure", properties.scan(), erase::work);
  }
}
