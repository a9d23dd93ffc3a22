package dev.dailies.asset.ingest;

import dev.dailies.asset.AssetSteps;
import dev.dailies.asset.erasure.Erasures;
import dev.dailies.asset.quality.Expectation;
import dev.dailies.asset.quality.Expectation.Sound;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.AudioMode;
import dev.dailies.contracts.event.RenderCompleted;
import dev.dailies.contracts.event.SpecificationForm;
import dev.dailies.messaging.EventContext;
import dev.dailies.messaging.EventHandler;
import dev.dailies.vault.ObjectKey;
import java.time.Duration;
import java.util.Optional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Puts every result into the queue, and wakes the worker once that is committed. What comes after
 * its generation was erased is only removed.
 */
final class RenderCompletedListener implements EventHandler<RenderCompleted> {
  private final IngestQueue queue;
  private final Erasures erasures;
  private final Runnable wake;

  RenderCompletedListener(IngestQueue queue, Erasures erasures, Runnable wake) {
    this.queue = queue;
    this.erasures = erasures;
    this.wake = wake;
  }

  @Override
  public void on(RenderCompleted event, EventContext context) {
    if (erasures.cameLate(new GenerationId(event.getGeneration())) || !queue.note(order(event))) {
      return;
    }
    AssetSteps.INGEST_NOTED_BEFORE_COMMIT.reach();
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            wake.run();
          }
        });
  }

  static IngestOrder order(RenderCompleted event) {
    RenderId render = new RenderId(event.getEnvelope().getAggregateId());
    WorkspaceId workspace = new WorkspaceId(event.getEnvelope().getWorkspace());
    Optional<IngestOrder.Master> master =
        event.getOutputs().stream()
            .findFirst()
            .map(out -> new IngestOrder.Master(out.getObject(), out.getContentType()));
    master.ifPresent(m -> requireOwn(workspace, new ObjectKey(m.object().getKey())));
    return new IngestOrder(
        AssetIds.of(render),
        workspace,
        new GenerationId(event.getGeneration()),
        render,
        event.getAttempt(),
        new ShotId(event.getRequested().getShot()),
        master,
        expectation(event.getEffective()),
        new IngestOrder.Maker(
            event.getRequested().getModel(),
            event.getModel(),
            event.getModelVersion(),
            event.getEndpoint(),
            event.getSeedUsed(),
            event.getRequested().getLabelProfile(),
            event.getTimings().getStoredAt()));
  }

  private static void requireOwn(WorkspaceId workspace, ObjectKey master) {
    if (!master.workspace().equals(workspace)) {
      throw new IllegalArgumentException("the master lies in another workspace");
    }
  }

  private static Expectation expectation(SpecificationForm form) {
    return new Expectation(
        form.getOutput().getWidth(),
        form.getOutput().getHeight(),
        Duration.ofMillis(form.getOutput().getLengthMillis()),
        form.getOutput().getFrameRate(),
        sound(form.getAudioMode()));
  }

  private static Sound sound(AudioMode mode) {
    return switch (mode) {
      case NONE -> Sound.UNWANTED;
      case AMBIENCE, FULL -> Sound.WANTED;
      case MODEL_DEFAULT, UNKNOWN -> Sound.EITHER;
    };
  }
}
