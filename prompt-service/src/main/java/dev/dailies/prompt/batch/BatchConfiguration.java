package dev.dailies.prompt.batch;

import dev.dailies.prompt.generation.AcceptItem;
import dev.dailies.prompt.generation.SubmitGeneration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires batches to the desk that accepts a single request. */
@Configuration(proxyBeanMethods = false)
class BatchConfiguration {
  @Bean
  BatchGroup batchGroup(SubmitGeneration submit, PlatformTransactionManager manager) {
    return new JdbcBatchGroup(new AcceptItem(submit), new TransactionTemplate(manager));
  }
}
