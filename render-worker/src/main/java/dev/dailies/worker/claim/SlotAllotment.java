package dev.dailies.worker.claim;

import dev.dailies.worker.endpoint.EndpointRegistry;
import dev.dailies.worker.endpoint.EndpointWatch;
import dev.dailies.worker.flow.HeldRenders;
import dev.dailies.worker.flow.RenderFlow;
import dev.dailies.worker.flow.RenderRun;
import dev.dailies.worker.flow.Signal;
import dev.dailies.worker.ledger.HeldRender;
import dev.dailies.worker.ledger.LedgerUnavailable;
import dev.dailies.worker.ledger.RenderLedger;
import dev.dailies.worker.ledger.SlotWish;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives slots to the renders that were claimed ahead: at once when this worker frees one, and by
 * looking now and then for those that others freed.
 */
public final class SlotAllotment implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SlotAllotment.class);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration TROUBLE = Duration.ofSeconds(1);

  private final RenderLedger ledger;
  private final EndpointRegistry registry;
  private final EndpointWatch watch;
  private final HeldRenders held;
  private final RenderFlow flow;
  private final Signal slotFreed;
  private final Thread thread;

  public SlotAllotment(
      RenderLedger ledger,
      EndpointRegistry registry,
      EndpointWatch watch,
      HeldRenders held,
      RenderFlow flow,
      Signal slotFreed) {
    this.ledger = ledger;
    this.registry = registry;
    this.watch = watch;
    this.held = held;
    this.flow = flow;
    this.slotFreed = slotFreed;
    this.thread = Thread.ofPlatform().daemon().name("slot-allotment").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        List<RenderRun> wanting = held.wantingSlots();
        Duration pause = wanting.isEmpty() ? IDLE : LOOK;
        try {
          allot(wanting);
        } catch (LedgerUnavailable e) {
          log.warn("No slots can be given now", e);
          pause = TROUBLE;
        } catch (RuntimeException e) {
          log.error("No slots can be given now", e);
          pause = TROUBLE;
        }
        slotFreed.await(pause);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void allot(List<RenderRun> wanting) {
    if (wanting.isEmpty()) {
      return;
    }
    var board = ledger.board(registry.names());
    if (board.endpoints().stream().allMatch(count -> count.takeable() == 0)) {
      return;
    }
    EndpointChoice choice = new EndpointChoice(registry, watch, board);
    List<SlotWish> wishes =
        wanting.stream().flatMap(run -> wish(run.row(), choice).stream()).toList();
    for (HeldRender slotted : ledger.takeSlots(wishes)) {
      held.find(slotted.render())
          .ifPresent(run -> {
            run.doubt();
            flow.wake(run);
          });
    }
  }

  private Optional<SlotWish> wish(HeldRender row, EndpointChoice choice) {
    return choice
        .choose(row.job())
        .filter(chosen -> watch.downReason(chosen.name()).isEmpty())
        .map(chosen -> new SlotWish(row, chosen.name()));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
