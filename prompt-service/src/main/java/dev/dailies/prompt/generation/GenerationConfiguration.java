package dev.dailies.prompt.generation;

import dev.dailies.messaging.Outbox;
import dev.dailies.messaging.Subscription;
import dev.dailies.messaging.TraceParent;
import dev.dailies.prompt.audit.Audit;
import dev.dailies.prompt.audit.AuditElsewhere;
import dev.dailies.prompt.catalogue.Catalogue;
import dev.dailies.prompt.library.WorkPlaces;
import dev.dailies.prompt.reference.ReferenceHolds;
import dev.dailies.prompt.reference.ReferenceShelf;
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
    return new JdbcAssetFacts(jdbc, new SpecificationJson());
  }

  @Bean
  SourceStore sourceStore(JdbcClient jdbc, ReferenceShelf references) {
    return new JdbcSources(jdbc, new SpecificationJson(), references);
  }

  @Bean
  GenerationViews generationViews(JdbcClient jdbc, SourceStore sources) {
    return new JdbcGenerationViews(jdbc, new SpecificationJson(), sources);
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
      SourceStore sources,
      ReferenceShelf references,
      ReferenceHolds holds,
      WorkPlaces places,
      JdbcClient jdbc,
      Outbox outbox,
      Audit audit,
      Feed feed,
      Transactions transactions,
      WorkSignal work,
      GenerationCounts counts,
      GenerationProperties properties,
      Clock clock) {
    return new SubmitGeneration(
        catalogue,
        generations,
        new JdbcRepetitions(jdbc),
        sources,
        references,
        holds,
        places,
        outbox,
        audit,
        feed,
        transactions,
        work,
        counts,
        clock,
        properties.largestInput().toBytes());
  }

  @Bean
  SettleGeneration settleGeneration(
      GenerationProperties properties,
      GenerationStore generations,
      RenderStore renders,
      AssetFacts assets,
      SourceStore sources,
      WipeGeneration wipe,
      Outbox outbox,
      Feed feed,
      Transactions transactions,
      WorkSignal work,
      GenerationCounts counts) {
    return new SettleGeneration(
        new Course(properties.retryPolicy()),
        generations,
        renders,
        assets,
        sources,
        wipe,
        outbox,
        feed,
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
      Audit audit,
      Feed feed,
      Transactions transactions,
      Clock clock) {
    return new CancelGeneration(
        generations, renders, settle, outbox, audit, feed, transactions, clock);
  }

  @Bean
  ErasureStore erasureStore(JdbcClient jdbc) {
    return new JdbcErasures(jdbc);
  }

  @Bean
  WipeGeneration wipeGeneration(ErasureStore erasures, Outbox outbox, Audit audit, Feed feed) {
    return new WipeGeneration(erasures, outbox, audit, feed);
  }

  @Bean
  EraseGeneration eraseGeneration(
      GenerationStore generations,
      ErasureStore erasures,
      CancelGeneration cancel,
      SettleGeneration settle,
      WipeGeneration wipe,
      Transactions transactions,
      Clock clock) {
    return new EraseGeneration(generations, erasures, cancel, settle, wipe, transactions, clock);
  }

  @Bean
  CancelGroup cancelGroup(
      JdbcClient jdbc, CancelGeneration cancel, Audit audit, Transactions transactions) {
    return new CancelGroup(new JdbcGenerationGroups(jdbc), cancel, audit, transactions);
  }

  @Bean
  Subscription renderEvents(
      GenerationStore generations,
      RenderStore renders,
      SettleGeneration settle,
      Feed feed,
      GenerationCounts counts) {
    return new RenderEvents(generations, renders, settle, feed, counts).subscription();
  }

  @Bean
  Subscription assetEvents(
      GenerationStore generations,
      AssetFacts assets,
      ErasureStore erasures,
      SettleGeneration settle,
      Feed feed,
      GenerationCounts counts,
      AuditElsewhere audit) {
    return new AssetEvents(generations, assets, erasures, settle, feed, counts, audit).assets();
  }

  @Bean
  Subscription moderationEvents(
      GenerationStore generations,
      AssetFacts assets,
      ErasureStore erasures,
      SettleGeneration settle,
      Feed feed,
      GenerationCounts counts,
      AuditElsewhere audit) {
    return new AssetEvents(generations, assets, erasures, settle, feed, counts, audit).moderation();
  }

  @Bean
  Subscription reviewEvents(
      GenerationStore generations,
      AssetFacts assets,
      ErasureStore erasures,
      SettleGeneration settle,
      Feed feed,
      GenerationCounts counts,
      AuditElsewhere audit) {
    return new AssetEvents(generations, assets, erasures, settle, feed, counts, audit).reviews();
  }
}
