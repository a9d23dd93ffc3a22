package dev.dailies.asset.delivery;

import dev.dailies.asset.AssetSteps;
import dev.dailies.asset.delivery.ModerationVerdict.Outcome;
import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.ModerationDecided;
import dev.dailies.contracts.event.ModerationOutcome;
import dev.dailies.messaging.EventContext;
import dev.dailies.messaging.EventHandler;

/** Tells the judge what moderation decided. */
final class ModerationListener implements EventHandler<ModerationDecided> {
  private final ViewJudge judge;

  ModerationListener(ViewJudge judge) {
    this.judge = judge;
  }

  @Override
  public void on(ModerationDecided event, EventContext context) {
    judge.moderate(
        new ModerationVerdict(
            new AssetId(event.getAsset()),
            new WorkspaceId(event.getEnvelope().getWorkspace()),
            new GenerationId(event.getGeneration()),
            event.getDecision(),
            outcome(event.getOutcome()),
            event.getEnvelope().getPolicyVersion(),
            event.getSignals().stream()
                .map(s ->
                    new ModerationVerdict.Signal(
                        s.getProvider(), s.getCategory(), s.getMedium(), s.getScore()))
                .toList(),
            event.getReasons()));
    AssetSteps.MODERATION_BEFORE_COMMIT.reach();
  }

  private static Outcome outcome(ModerationOutcome outcome) {
    return switch (outcome) {
      case CLEAR -> Outcome.CLEAR;
      case BLOCK -> Outcome.BLOCK;
      // An outcome that this build does not know yet is nothing to show media on.
      case HOLD, UNKNOWN -> Outcome.HOLD;
    };
  }
}
