package dev.dailies.asset.catalogue;

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

  @Bean
  Subscription texts(PromptShelf shelf) {
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
                shelf.erase(
                    new GenerationId(event.getEnvelope().getAggregateId()),
                    new WorkspaceId(event.getEnvelope().getWorkspace())))
        .onTombstone(
            Topic.GENERATION_SPECS,
            (key, context) ->
                shelf.erase(new GenerationId(key), new WorkspaceId(context.workspace())))
        .build();
  }
}
