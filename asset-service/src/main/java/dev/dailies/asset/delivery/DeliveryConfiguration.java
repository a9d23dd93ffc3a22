package dev.dailies.asset.delivery;

import dev.dailies.asset.AssetProperties;
import dev.dailies.contracts.event.ModerationDecided;
import dev.dailies.messaging.Outbox;
import dev.dailies.messaging.Subscription;
import dev.dailies.vault.AssetVault;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Wires who may see what, and the handing out. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  ViewJudge viewJudge(JdbcClient jdbc, Outbox outbox, JsonMapper json) {
    return new JdbcViewJudge(jdbc, outbox, json);
  }

  @Bean
  Subscription moderation(ViewJudge judge) {
    return Subscription.named("moderation")
        .on(ModerationDecided.class, new ModerationListener(judge))
        .build();
  }

  @Bean
  ContentLibrary contentLibrary(JdbcClient jdbc) {
    return new JdbcContentLibrary(jdbc);
  }

  @Bean
  HttpContentStream contentStream(
      AssetVault vault, ContentLibrary library, AssetProperties properties) {
    return new HttpContentStream(vault, library, properties.recheck());
  }
}
