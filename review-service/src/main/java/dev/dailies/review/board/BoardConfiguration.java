package dev.dailies.review.board;

import dev.dailies.messaging.Outbox;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class BoardConfiguration {
  @Bean
  Facts facts(JdbcClient jdbc, Outbox outbox, JsonMapper json) {
    return new JdbcFacts(jdbc, outbox, json);
  }

  @Bean
  Board board(JdbcClient jdbc, JsonMapper json) {
    return new JdbcBoard(jdbc, json);
  }
}
