package dev.dailies.asset.catalogue;

import dev.dailies.asset.erasure.Erasures;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.Topic;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.GenerationErased;
import dev.dailies.contracts.event.GenerationSpec;
import dev.dailies.messaging.Subscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the catalogue. */
@Configuration(proxyBeanMethods = false)
class CatalogueConfiguration {
  @Bean
  AssetCatalogue assetCatalogue(JdbcClient jdbc) {
    return new JdbcAssetCatalogue(jdbc);
  }

  @Bean
  PromptShelf promptShelf(JdbcClient jdbc) {
    return new JdbcPromptShelf(jdbc);
  }

  /**
   * Text and media go together: in one transaction, from whichever of the two words comes first.
   */
  @Bean
  Subscription texts(PromptShelf shelf, Erasures erasures) {
    return Subscription.named("texts")
        .on(
            GenerationSpec.class,
            (spec, context) ->
                shelf.keep(
                    new GenerationId(spec.getGeneration()),
                    new WorkspaceId(spec.getWorkspace()),
                    spec.getVersion(),
                    spec.getText().getPrompt()))
        .on(
            GenerationErased.class,
            (event, context) ->
                erase(
                    shelf,
                    erasures,
                    new GenerationId(event.getEnvelope().getAggregateId()),
                    new WorkspaceId(event.getEnvelope().getWorkspace())))
        .onTombstone(
            Topic.GENERATION_SPECS,
            (key, context) ->
                erase(shelf, erasures, new GenerationId(key), new WorkspaceId(context.workspace())))
        .build();
  }

  private static void erase(
      PromptShelf shelf, Erasures erasures, GenerationId generation, WorkspaceId workspace) {
    shelf.erase(generation, workspace);
    erasures.ask(generation, workspace);
  }
}
