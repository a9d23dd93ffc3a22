package dev.dailies.prompt.library;

import dev.dailies.messaging.Outbox;
import dev.dailies.prompt.audit.Audit;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires projects and shots to the database and the outbox. */
@Configuration(proxyBeanMethods = false)
class LibraryConfiguration {
  @Bean
  Projects projects(JdbcClient jdbc, Clock clock) {
    return new JdbcProjects(jdbc, clock);
  }

  @Bean
  Changes changes(PlatformTransactionManager manager, Audit audit) {
    return new JdbcChanges(new TransactionTemplate(manager), audit);
  }

  @Bean
  WorkPlaces workPlaces(JdbcClient jdbc, Outbox outbox) {
    return new JdbcWorkPlaces(jdbc, outbox);
  }

  @Bean
  Shots shots(
      JdbcClient jdbc,
      Outbox outbox,
      PlatformTransactionManager manager,
      WorkPlaces places,
      Clock clock) {
    return new JdbcShots(jdbc, outbox, new TransactionTemplate(manager), places, clock);
  }
}
