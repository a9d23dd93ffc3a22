package dev.dailies.review.board;

import dev.dailies.messaging.Outbox;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class BoardConfiguration {
  @Bean
  Erasures erasures(JdbcClient jdbc, Outbox outbox) {
    return new JdbcErasures(jdbc, outbox);
  }

  @Bean
  Facts facts(JdbcClient jdbc, Erasures erasures, JsonMapper json) {
    return new JdbcFacts(jdbc, erasures, json);
  }

  @Bean
  Board board(JdbcClient jdbc, JsonMapper json) {
    return new JdbcBoard(jdbc, json);
  }
}
