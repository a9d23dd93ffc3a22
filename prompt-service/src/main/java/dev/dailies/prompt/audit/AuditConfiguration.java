package dev.dailies.prompt.audit;

import dev.dailies.messaging.TraceParent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the audit to the database. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {
  @Bean
  JdbcAudit audit(JdbcClient jdbc, TraceParent trace) {
    return new JdbcAudit(jdbc, trace);
  }

  @Bean
  AuditElsewhere auditElsewhere(Audit audit) {
    return new AuditElsewhere(audit);
  }
}
