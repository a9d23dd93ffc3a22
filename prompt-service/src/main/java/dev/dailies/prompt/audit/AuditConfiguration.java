package dev.dailies.prompt.audit;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the audit to the database. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {
  @Bean
  JdbcAudit audit(JdbcClient jdbc) {
    return new JdbcAudit(jdbc);
  }
}
