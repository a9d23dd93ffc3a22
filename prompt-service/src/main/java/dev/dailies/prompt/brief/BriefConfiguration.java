package dev.dailies.prompt.brief;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires briefs to the database. */
@Configuration(proxyBeanMethods = false)
class BriefConfiguration {
  @Bean
  Briefs briefs(JdbcClient jdbc, Clock clock) {
    return new JdbcBriefs(jdbc, clock);
  }
}
