package dev.dailies.prompt.reference;

import dev.dailies.messaging.Outbox;
import dev.dailies.messaging.Subscription;
import dev.dailies.prompt.audit.AuditElsewhere;
import dev.dailies.prompt.generation.Feed;
import dev.dailies.prompt.generation.GenerationStore;
import dev.dailies.prompt.generation.SettleGeneration;
import dev.dailies.prompt.generation.Transactions;
import dev.dailies.prompt.generation.WorkSignal;
import dev.dailies.vault.AssetVault;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires uploads, and the waiting for them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReferenceProperties.class)
class ReferenceConfiguration {
  @Bean
  JdbcReferences references(JdbcClient jdbc) {
    return new JdbcReferences(jdbc);
  }

  @Bean
  JdbcUnfinished unfinishedUploads(JdbcClient jdbc) {
    return new JdbcUnfinished(jdbc);
  }

  @Bean
  ReferenceShelf referenceShelf(
      AssetVault vault,
      References references,
      Unfinished uploads,
      Outbox outbox,
      ReferenceProperties properties) {
    return new KeepReference(vault, references, uploads, outbox, properties.limits());
  }

  @Bean
  AwaitReferences awaitReferences(
      References references,
      GenerationStore generations,
      SettleGeneration settle,
      Feed feed,
      Transactions transactions,
      WorkSignal work,
      ReferenceProperties properties,
      Clock clock,
      AuditElsewhere audit) {
    return new AwaitReferences(
        references,
        generations,
        settle,
        feed,
        transactions,
        work,
        properties.patience(),
        clock,
        audit);
  }

  @Bean
  Subscription referenceEvents(AwaitReferences await) {
    return await.subscription();
  }

  @Bean(initMethod = "start")
  ReferenceRounds referenceRounds(AwaitReferences await, ReferenceProperties properties) {
    return new ReferenceRounds("reference-rounds", await::look, properties.scan());
  }

  @Bean(initMethod = "start")
  ReferenceRounds referenceSweep(
      Unfinished uploads, AssetVault vault, ReferenceProperties properties) {
    SweepReferences sweep = new SweepReferences(uploads, vault, properties.abandoned());
    return new ReferenceRounds("reference-sweep", sweep::sweep, properties.scan());
  }
}
