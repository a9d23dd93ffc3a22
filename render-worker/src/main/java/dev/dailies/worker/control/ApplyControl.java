package dev.dailies.worker.control;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.WorkerId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.CancelRender;
import dev.dailies.contracts.event.DrainWorker;
import dev.dailies.contracts.event.ParkedRenderDecided;
import dev.dailies.messaging.EventContext;
import dev.dailies.worker.flow.RenderFlow;
import dev.dailies.worker.ledger.LedgerUnavailable;
import dev.dailies.worker.ledger.ParkedDecided;
import dev.dailies.worker.ledger.RenderLedger;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies {@code render.control.v1}. Every worker of a pool reads all of it, and again after each
 * start; the ledger sees to it that each wish has its effect once. While the ledger is down,
 * reading waits: nothing may be claimed that was cancelled before.
 */
final class ApplyControl {
  private static final Logger log = LoggerFactory.getLogger(ApplyControl.class);
  private static final Duration LEDGER_PAUSE = Duration.ofMillis(500);

  private final WorkerId self;
  private final String pool;
  private final RenderLedger ledger;
  private final RenderFlow flow;
  private final Drain drain;

  ApplyControl(WorkerId self, String pool, RenderLedger ledger, RenderFlow flow, Drain drain) {
    this.self = self;
    this.pool = pool;
    this.ledger = ledger;
    this.flow = flow;
    this.drain = drain;
  }

  void cancel(CancelRender wish, EventContext context) {
    if (!wish.getPool().equals(pool)) {
      return;
    }
    RenderId render = new RenderId(wish.getRender());
    patiently(() -> {
      var result =
          ledger.cancel(
              render, new GenerationId(wish.getGeneration()), new WorkspaceId(context.workspace()));
      log.debug("Cancel of {}: {}", render, result);
    });
    // Also if another worker was faster with the ledger: the render may be in our hands.
    flow.requestCancel(render);
  }

  void drain(DrainWorker wish, EventContext context) {
    if (wish.getWorker().equals(self.value())) {
      drain.begin();
    }
  }

  void decide(ParkedRenderDecided wish, EventContext context) {
    if (!wish.getPool().equals(pool)) {
      return;
    }
    Optional<ParkedDecided> decided = decision(wish);
    if (decided.isEmpty()) {
      log.warn("A decision on {} is not understood by this build", wish.getRender());
      return;
    }
    String id = context.id().orElseGet(() -> String.valueOf(wish.getEnvelope().getSequence()));
    patiently(() -> {
      if (ledger.decide(new RenderId(wish.getRender()), id, decided.get())) {
        log.info("Parked {}: {}", wish.getRender(), decided.get());
      }
    });
  }

  private static Optional<ParkedDecided> decision(ParkedRenderDecided wish) {
    return switch (wish.getDecision()) {
      case UNKNOWN -> Optional.empty();
      case ADOPT -> wish.getVendorId().map(ParkedDecided.Adopt::new);
      case DECLARE_DEAD -> Optional.of(new ParkedDecided.DeclareDead());
      case RETRY -> Optional.of(new ParkedDecided.Retry());
    };
  }

  private static void patiently(Runnable change) {
    while (true) {
      try {
        change.run();
        return;
      } catch (LedgerUnavailable e) {
        log.warn("A control event waits for the ledger");
        try {
          Thread.sleep(LEDGER_PAUSE);
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
          throw e;
        }
      }
    }
  }
}
