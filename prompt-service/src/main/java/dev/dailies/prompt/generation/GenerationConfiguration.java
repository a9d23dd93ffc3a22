package dev.dailies.prompt.generation;

import dev.dailies.messaging.Outbox;
import dev.dailies.messaging.Subscription;
import dev.dailies.messaging.TraceParent;
import dev.dailies.prompt.catalogue.Catalogue;
import dev.dailies.prompt.library.WorkPlaces;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the use cases of generations to the database and the outbox. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GenerationProperties.class)
class GenerationConfiguration {
  @Bean
  Transactions transactions(PlatformTransactionManager manager) {
    return new JdbcTransactions(new TransactionTemplate(manager));
  }

  @Bean
  GenerationStore generationStore(JdbcClient jdbc, TraceParent trace) {
    return new JdbcGenerations(jdbc, new SpecificationJson(), trace);
  }

  @Bean
  RenderStore renderStore(JdbcClient jdbc) {
    return new JdbcRenders(jdbc);
  }

  @Bean
  AssetFacts assetFacts(JdbcClient jdbc) {
    return new JdbcAssetFacts(jdbc);
  }

  @Bean
  GenerationViews generationViews(JdbcClient jdbc) {
    return new JdbcGenerationViews(jdbc, new SpecificationJson());
  }

  @Bean
  GenerationLists generationLists(JdbcClient jdbc) {
    return new JdbcGenerationLists(jdbc, new SpecificationJson());
  }

  @Bean
  GenerationCounts generationCounts(MeterRegistry registry, JdbcClient jdbc) {
    return new GenerationMeters(registry, jdbc);
  }

  @Bean
  SubmitGeneration submitGeneration(
      Catalogue catalogue,
      GenerationStore generations,
      WorkPlaces places,
      Outbox outbox,
      Transactions transactions,
      WorkSignal work,
      GenerationCounts counts,
      Clock clock) {
    return new SubmitGeneration(
        catalogue, generations, places, outbox, transactions, work, counts, clock);
  }

  @Bean
  SettleGeneration settleGeneration(
      GenerationProperties properties,
      GenerationStore generations,
      RenderStore renders,
      AssetFacts assets,
      Outbox outbox,
      Transactions transactions,
      WorkSignal work,
      GenerationCounts counts) {
    return new SettleGeneration(
        new Course(properties.retryPolicy()),
        generations,
        renders,
        assets,
        outbox,
        transactions,
        work,
        counts);
  }

  @Bean
  CancelGeneration cancelGeneration(
      GenerationStore generations,
      RenderStore renders,
      SettleGeneration settle,
      Outbox outbox,
      Transactions transactions,
      Clock clock) {
    return new CancelGeneration(generations, renders, settle, outbox, transactions, clock);
  }

  @Bean
  CancelGroup cancelGroup(JdbcClient jdbc, CancelGeneration cancel, Transactions transactions) {
    return new CancelGroup(new JdbcGenerationGroups(jdbc), cancel, transactions);
  }

  @Bean
  Subscription renderEvents(
      GenerationStore generations,
      RenderStore renders,
      SettleGeneration settle,
      GenerationCounts counts) {
    return new RenderEvents(generations, renders, settle, counts).subscription();
  }

  @Bean
  Subscription assetEvents(
      GenerationStore generations,
      AssetFacts assets,
      SettleGeneration settle,
      GenerationCounts counts) {
    return new AssetEvents(generations, assets, settle, counts).assets();
  }

  @Bean
  Subscription moderationEvents(
      GenerationStore generations,
      AssetFacts assets,
      SettleGeneration settle,
      GenerationCounts counts) {
    return new AssetEvents(generations, assets, settle, counts).moderation();
  }

  @Bean
  Subscription reviewEvents(
      GenerationStore generations,
      AssetFacts assets,
      SettleGeneration settle,
      GenerationCounts counts) {
    return new AssetEvents(generations, assets, settle, counts).reviews();
  }
}
