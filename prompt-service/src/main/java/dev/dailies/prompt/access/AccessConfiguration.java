package dev.dailies.prompt.access;

import dev.dailies.messaging.Outbox;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Resolves principals from the own database, and fills it with the configured keys. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessProperties.class)
class AccessConfiguration {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  @Bean
  JdbcKeyDirectory keyDirectory(JdbcClient jdbc, Clock clock, AccessProperties properties) {
    return new JdbcKeyDirectory(jdbc, clock, properties.cache());
  }

  @Bean(initMethod = "start")
  AccessSeeding accessSeeding(
      JdbcClient jdbc,
      Outbox outbox,
      PlatformTransactionManager manager,
      AccessProperties properties,
      ServerProperties server,
      JdbcKeyDirectory directory) {
    InetAddress address = server.getAddress();
    boolean loopbackOnly = address != null && address.isLoopbackAddress();
    return new AccessSeeding(
        new JdbcAccessRegister(jdbc, outbox, new TransactionTemplate(manager)),
        properties.effective(loopbackOnly),
        directory::markReady,
        PAUSE);
  }
}
