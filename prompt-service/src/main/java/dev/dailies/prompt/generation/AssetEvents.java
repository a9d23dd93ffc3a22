package dev.dailies.prompt.generation;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.event.ApprovalDecided;
import dev.dailies.contracts.event.AssetErased;
import dev.dailies.contracts.event.AssetObject;
import dev.dailies.contracts.event.AssetReady;
import dev.dailies.contracts.event.AssetRejected;
import dev.dailies.contracts.event.AssetSurplus;
import dev.dailies.contracts.event.AssetVariant;
import dev.dailies.contracts.event.AssetViewable;
import dev.dailies.contracts.event.AssetWithheld;
import dev.dailies.contracts.event.Envelope;
import dev.dailies.contracts.event.ModerationDecided;
import dev.dailies.contracts.event.ReviewErased;
import dev.dailies.contracts.event.SelectionDecided;
import dev.dailies.contracts.event.StoredObject;
import dev.dailies.contracts.event.TechnicalFinding;
import dev.dailies.messaging.EventContext;
import dev.dailies.messaging.Subscription;
import dev.dailies.prompt.PromptSteps;
import dev.dailies.prompt.audit.AuditElsewhere;
import dev.dailies.prompt.generation.AssetFacts.View;
import dev.dailies.prompt.generation.AssetVerdict.Technical;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Takes in what asset-service and review-service tell of assets. */
final class AssetEvents {
  private final GenerationStore generations;
  private final AssetFacts assets;
  private final ErasureStore erasures;
  private final SettleGeneration settle;
  private final Feed feed;
  private final GenerationCounts counts;
  private final AuditElsewhere audit;

  AssetEvents(
      GenerationStore generations,
      AssetFacts assets,
      ErasureStore erasures,
      SettleGeneration settle,
      Feed feed,
      GenerationCounts counts,
      AuditElsewhere audit) {
    this.generations = generations;
    this.assets = assets;
    this.erasures = erasures;
    this.settle = settle;
    this.feed = feed;
    this.counts = counts;
    this.audit = audit;
  }

  Subscription assets() {
    return Subscription.named("assets")
        .on(AssetReady.class, this::ready)
        .on(AssetRejected.class, this::rejected)
        .on(AssetSurplus.class, this::surplus)
        .on(AssetViewable.class, this::viewable)
        .on(AssetWithheld.class, this::withheld)
        .on(AssetErased.class, this::mediaRemoved)
        .build();
  }

  Subscription moderation() {
    return Subscription.named("moderation").on(ModerationDecided.class, this::moderated).build();
  }

  Subscription reviews() {
    return Subscription.named("reviews")
        .on(SelectionDecided.class, this::selected)
        .on(ApprovalDecided.class, this::approved)
        .on(ReviewErased.class, this::reviewsRemoved)
        .build();
  }

  private void ready(AssetReady event, EventContext context) {
    judged(
        event.getEnvelope(),
        event.getGeneration(),
        event.getAsset(),
        event.getRender(),
        Technical.READY,
        List.of(),
        false,
        context);
    object(event, AssetVariant.MASTER)
        .ifPresent(master ->
            assets.stored(
                new AssetId(event.getAsset()), master, object(event, AssetVariant.POSTER)));
  }

  private static Optional<StoredObject> object(AssetReady event, AssetVariant variant) {
    return event.getObjects().stream()
        .filter(object -> object.getVariant() == variant)
        .map(AssetObject::getObject)
        .findFirst();
  }

  private void rejected(AssetRejected event, EventContext context) {
    judged(
        event.getEnvelope(),
        event.getGeneration(),
        event.getAsset(),
        event.getRender(),
        Technical.REJECTED,
        event.getFindings(),
        event.getRetryCouldHelp(),
        context);
  }

  private void surplus(AssetSurplus event, EventContext context) {
    judged(
        event.getEnvelope(),
        event.getGeneration(),
        event.getAsset(),
        event.getRender(),
        Technical.SURPLUS,
        List.of(),
        false,
        context);
  }

  private void judged(
      Envelope envelope,
      String generation,
      String asset,
      String render,
      Technical technical,
      List<TechnicalFinding> findings,
      boolean retryCouldHelp,
      EventContext context) {
    Optional<Generation> known = generations.lock(new GenerationId(generation));
    if (known.isEmpty()) {
      counts.unknownSubject();
      return;
    }
    String finding =
        findings.stream()
            .filter(TechnicalFinding::getFatal)
            .map(TechnicalFinding::getCode)
            .findFirst()
            .orElse("none");
    AssetVerdict verdict =
        new AssetVerdict(
            new AssetId(asset),
            new RenderId(render),
            technical,
            finding,
            retryCouldHelp,
            envelope.getOccurredAt());
    if (assets.judged(known.get().id(), verdict, envelope.getSequence())) {
      tellVerdict(known.get().id(), verdict);
    }
    settle.settle(known.get(), context.id());
    PromptSteps.RESULT_BEFORE_COMMIT.reach();
  }

  private void tellVerdict(GenerationId generation, AssetVerdict verdict) {
    String asset = verdict.asset().value();
    switch (verdict.technical()) {
      case READY -> feed.tell(generation, FeedKind.ASSET_READY, Map.of("asset", asset));
      case SURPLUS -> feed.tell(generation, FeedKind.ASSET_SURPLUS, Map.of("asset", asset));
      case REJECTED ->
          feed.tell(
              generation,
              FeedKind.ASSET_REJECTED,
              Map.of("asset", asset, "finding", verdict.finding()));
    }
  }

  private void viewable(AssetViewable event, EventContext context) {
    view(event.getEnvelope(), event.getGeneration(), event.getAsset(), View.VIEWABLE, context);
  }

  private void withheld(AssetWithheld event, EventContext context) {
    view(event.getEnvelope(), event.getGeneration(), event.getAsset(), View.WITHHELD, context);
  }

  private void view(
      Envelope envelope, String generation, String asset, View view, EventContext context) {
    GenerationId id = new GenerationId(generation);
    // Whoever accepts work that is made of it has seen this fact, or is seen here as waiting.
    generations.lock(id);
    if (assets.view(
        id, new AssetId(asset), view, envelope.getSequence(), envelope.getOccurredAt())) {
      FeedKind kind =
          switch (view) {
            case VIEWABLE -> FeedKind.ASSET_VIEWABLE;
            case WITHHELD -> FeedKind.ASSET_WITHHELD;
          };
      feed.tell(id, kind, Map.of("asset", asset));
    }
    settle.reconsiderDependents(id, context.id(), envelope.getOccurredAt());
  }

  private void mediaRemoved(AssetErased event, EventContext context) {
    erasures.mediaRemoved(
        new GenerationId(event.getGeneration()), event.getEnvelope().getOccurredAt());
  }

  private void reviewsRemoved(ReviewErased event, EventContext context) {
    erasures.reviewsRemoved(
        new GenerationId(event.getGeneration()), event.getEnvelope().getOccurredAt());
  }

  private void moderated(ModerationDecided event, EventContext context) {
    GenerationId id = new GenerationId(event.getGeneration());
    generations.lock(id);
    String outcome = event.getOutcome().name();
    audit.told(
        event.getEnvelope(),
        switch (event.getOutcome()) {
          case CLEAR -> "asset.cleared";
          case BLOCK -> "asset.blocked";
          case HOLD -> "asset.held";
          case UNKNOWN -> "asset.judged";
        },
        event.getAsset(),
        event.getGeneration(),
        event.getReasons());
    if (assets.moderated(
        id,
        new AssetId(event.getAsset()),
        outcome,
        event.getDecision(),
        event.getEnvelope().getOccurredAt())) {
      feed.tell(
          id,
          FeedKind.MODERATION_DECIDED,
          Map.of("asset", event.getAsset(), "outcome", outcome.toLowerCase(Locale.ROOT)));
    }
    settle.reconsiderDependents(id, context.id(), event.getEnvelope().getOccurredAt());
  }

  private void selected(SelectionDecided event, EventContext context) {
    GenerationId id = new GenerationId(event.getGeneration());
    String selection = event.getState().name();
    audit.told(
        event.getEnvelope(),
        "take." + selection.toLowerCase(Locale.ROOT),
        event.getAsset(),
        event.getShot(),
        event.getReasons());
    if (assets.selected(
        id,
        new AssetId(event.getAsset()),
        selection,
        event.getEnvelope().getSequence(),
        event.getEnvelope().getOccurredAt())) {
      feed.tell(
          id,
          FeedKind.SELECTION_DECIDED,
          Map.of("asset", event.getAsset(), "selection", selection.toLowerCase(Locale.ROOT)));
    }
  }

  private void approved(ApprovalDecided event, EventContext context) {
    String approval = event.getState().name();
    audit.told(
        event.getEnvelope(),
        "take." + approval.toLowerCase(Locale.ROOT),
        event.getAsset(),
        event.getShot(),
        event.getReasons());
    assets
        .approved(
            new AssetId(event.getAsset()),
            approval,
            event.getEnvelope().getSequence(),
            event.getEnvelope().getOccurredAt())
        .ifPresent(id ->
            feed.tell(
                id,
                FeedKind.APPROVAL_DECIDED,
                Map.of("asset", event.getAsset(), "approval", approval.toLowerCase(Locale.ROOT))));
  }
}
