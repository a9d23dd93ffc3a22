package dev.dailies.review.selection;

import dev.dailies.messaging.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class SelectionConfiguration {
  @Bean
  Selections selections(
      JdbcClient jdbc, PlatformTransactionManager transactions, Outbox outbox, JsonMapper json) {
    return new JdbcSelections(jdbc, new TransactionTemplate(transactions), outbox, json);
  }

  @Bean
  SelectionMeters selectionMeters(MeterRegistry registry) {
    return new SelectionMeters(registry);
  }
}
