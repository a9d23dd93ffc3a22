package dev.dailies.worker.ledger;

import dev.dailies.contracts.EventCodec;
import dev.dailies.messaging.Outbox;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {
  @Bean
  RenderLedger renderLedger(
      JdbcClient jdbc, PlatformTransactionManager transactions, Outbox outbox, EventCodec codec) {
    return new JdbcRenderLedger(jdbc, new TransactionTemplate(transactions), outbox, codec);
  }
}
