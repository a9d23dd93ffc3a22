package dev.dailies.worker.flow;

import dev.dailies.worker.endpoint.EndpointRegistry;
import dev.dailies.worker.ledger.Ending;
import dev.dailies.worker.ledger.RenderLedger;
import java.time.Duration;

/** Writes how a render ends; what was decided is kept until the ledger has it. */
public final class EndRender {
  private static final Duration UNKNOWN_LONGEST_RUN = Duration.ofDays(1);

  private final RenderLedger ledger;
  private final EndpointRegistry registry;
  private final RenderTally tally;
  private final Runnable slotFreed;

  public EndRender(
      RenderLedger ledger, EndpointRegistry registry, RenderTally tally, Runnable slotFreed) {
    this.ledger = ledger;
    this.registry = registry;
    this.tally = tally;
    this.slotFreed = slotFreed;
  }

  Next end(RenderRun run, Ending ending) {
    run.decide(ending);
    if (!ledger.end(run.row(), ending)) {
      return new Next.LookAgain(Duration.ZERO);
    }
    tally.ended(ending);
    slotFreed.run();
    return new Next.LetGo();
  }

  /** A person must decide; its slot is kept until nothing can run that long. */
  Next park(RenderRun run, String reason) {
    Duration longestRun =
        run.row()
            .endpoint()
            .flatMap(registry::find)
            .map(entry -> entry.definition().longestRun())
            .orElse(UNKNOWN_LONGEST_RUN);
    if (!ledger.park(run.row(), reason, longestRun)) {
      return new Next.LookAgain(Duration.ZERO);
    }
    tally.parked();
    return new Next.LetGo();
  }
}
