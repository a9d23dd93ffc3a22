package dev.dailies.review.intake;

import dev.dailies.contracts.Topic;
import dev.dailies.contracts.event.AssetReady;
import dev.dailies.contracts.event.AssetRejected;
import dev.dailies.contracts.event.AssetSurplus;
import dev.dailies.contracts.event.AssetViewable;
import dev.dailies.contracts.event.AssetWithheld;
import dev.dailies.contracts.event.GenerationErased;
import dev.dailies.contracts.event.GenerationSpec;
import dev.dailies.contracts.event.Shot;
import dev.dailies.messaging.EventContext;
import dev.dailies.messaging.Subscription;
import dev.dailies.review.board.Erasures;
import dev.dailies.review.board.Facts;
import dev.dailies.review.moderation.ModerationTasks;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What this service listens to. Assets and texts are two subscriptions, so that a record which has
 * to be waited for on one does not hold up the other.
 */
@Configuration(proxyBeanMethods = false)
class IntakeListener {
  private final Facts facts;
  private final Erasures erasures;
  private final ModerationTasks tasks;

  IntakeListener(Facts facts, Erasures erasures, ModerationTasks tasks) {
    this.facts = facts;
    this.erasures = erasures;
    this.tasks = tasks;
  }

  @Bean
  Subscription assets() {
    return Subscription.named("assets")
        .on(AssetReady.class, this::assetReady)
        .on(AssetRejected.class, (event, context) -> facts.keep(event))
        .on(AssetSurplus.class, (event, context) -> facts.keep(event))
        .on(AssetViewable.class, (event, context) -> facts.keep(event))
        .on(AssetWithheld.class, (event, context) -> facts.keep(event))
        .build();
  }

  @Bean
  Subscription requests() {
    return Subscription.named("requests")
        .on(GenerationSpec.class, this::specification)
        .on(Shot.class, (shot, context) -> facts.keep(shot))
        .on(GenerationErased.class, this::erased)
        .onTombstone(
            Topic.GENERATION_SPECS, (key, context) -> erasures.erase(key, context.workspace()))
        .build();
  }

  private void assetReady(AssetReady ready, EventContext context) {
    if (facts.keep(ready)) {
      tasks.request(
          ready.getAsset(),
          ready.getEnvelope().getWorkspace(),
          ready.getGeneration(),
          context.id());
    }
  }

  private void specification(GenerationSpec spec, EventContext context) {
    if (facts.keep(spec)) {
      tasks.textArrived(spec.getGeneration());
    }
  }

  private void erased(GenerationErased event, EventContext context) {
    String generation = event.getEnvelope().getAggregateId();
    erasures.erase(generation, event.getEnvelope().getWorkspace());
    erasures.confirm(generation, event.getEnvelope().getWorkspace());
  }
}
