package dev.dailies.asset.reference;

import dev.dailies.asset.AssetProperties;
import dev.dailies.asset.Rounds;
import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.GenerationAccepted;
import dev.dailies.contracts.event.GenerationCancelled;
import dev.dailies.contracts.event.GenerationCompleted;
import dev.dailies.contracts.event.GenerationFailed;
import dev.dailies.contracts.event.GenerationRefused;
import dev.dailies.contracts.event.ReferenceUploaded;
import dev.dailies.contracts.event.Source;
import dev.dailies.media.Scratch;
import dev.dailies.messaging.Outbox;
import dev.dailies.messaging.Subscription;
import dev.dailies.vault.AssetVault;
import dev.dailies.vault.ObjectKey;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires references. */
@Configuration(proxyBeanMethods = false)
class ReferenceConfiguration {
  @Bean
  References references(JdbcClient jdbc, PlatformTransactionManager transactions, Outbox outbox) {
    return new JdbcReferences(jdbc, new TransactionTemplate(transactions), outbox);
  }

  @Bean
  Uploads referenceUploads(JdbcClient jdbc, PlatformTransactionManager transactions) {
    return new JdbcUploads(jdbc, new TransactionTemplate(transactions));
  }

  @Bean(initMethod = "start")
  Rounds referenceChecks(
      References references,
      AssetVault vault,
      Scratch scratch,
      AssetProperties asset,
      ReferenceProperties properties) {
    CheckReferences check =
        new CheckReferences(references, vault, scratch, properties.limits(), asset.patience());
    return new Rounds("reference-check", asset.scan(), check::next);
  }

  @Bean
  SweepReferences sweepReferences(
      References references,
      Uploads uploads,
      AssetVault vault,
      AssetProperties asset,
      ReferenceProperties properties) {
    return new SweepReferences(
        references, uploads, vault, asset.patience(), properties.abandoned());
  }

  @Bean(initMethod = "start")
  Rounds referenceSweeps(SweepReferences sweep, AssetProperties asset) {
    return new Rounds("reference-sweep", asset.scan(), sweep::references);
  }

  @Bean(initMethod = "start")
  Rounds uploadSweeps(SweepReferences sweep, AssetProperties asset) {
    return new Rounds("upload-sweep", asset.scan(), sweep::uploads);
  }

  @Bean
  Deposits deposits(AssetVault vault, Scratch scratch) {
    return new Deposits(vault, scratch);
  }

  @Bean
  ReferenceUses referenceUses(JdbcClient jdbc) {
    return new JdbcReferenceUses(jdbc);
  }

  @Bean
  Subscription uploads(References references, ReferenceUses uses) {
    return Subscription.named("uploads")
        .on(ReferenceUploaded.class, (event, context) -> note(references, event))
        .on(
            GenerationAccepted.class,
            (event, context) ->
                uses.used(
                    event.getEnvelope().getAggregateId(),
                    event.getForm().getSources().stream()
                        .map(Source::getId)
                        .filter(id -> id.startsWith(ReferenceId.PREFIX))
                        .toList()))
        .on(
            GenerationCompleted.class,
            (event, context) -> uses.ended(event.getEnvelope().getAggregateId()))
        .on(
            GenerationFailed.class,
            (event, context) -> uses.ended(event.getEnvelope().getAggregateId()))
        .on(
            GenerationRefused.class,
            (event, context) -> uses.ended(event.getEnvelope().getAggregateId()))
        .on(
            GenerationCancelled.class,
            (event, context) -> uses.ended(event.getEnvelope().getAggregateId()))
        .build();
  }

  private static void note(References references, ReferenceUploaded event) {
    WorkspaceId workspace = new WorkspaceId(event.getEnvelope().getWorkspace());
    if (!new ObjectKey(event.getObject().getKey()).workspace().equals(workspace)) {
      throw new IllegalArgumentException("the reference lies in another workspace");
    }
    references.note(
        workspace,
        new ReferenceId(event.getReference()),
        event.getContentType(),
        event.getObject());
  }
}
