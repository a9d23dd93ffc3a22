package dev.dailies.worker.claim;

import dev.dailies.contracts.WorkerId;
import dev.dailies.contracts.event.RenderJob;
import dev.dailies.worker.WorkerSteps;
import dev.dailies.worker.endpoint.EndpointRegistry;
import dev.dailies.worker.endpoint.EndpointWatch;
import dev.dailies.worker.flow.LeaseKeeper;
import dev.dailies.worker.flow.RenderFlow;
import dev.dailies.worker.flow.RenderTally;
import dev.dailies.worker.ledger.ClaimOffer;
import dev.dailies.worker.ledger.HeldRender;
import dev.dailies.worker.ledger.RenderLedger;
import dev.dailies.worker.ledger.SlotBoard;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Claims jobs, many at once, and sets those off that nobody has claimed before. */
final class ClaimJobs {
  /** A job as it arrived. */
  record Arrived(RenderJob job, Optional<String> traceParent) {}

  private final WorkerId self;
  private final RenderLedger ledger;
  private final EndpointRegistry registry;
  private final EndpointWatch watch;
  private final RenderFlow flow;
  private final LeaseKeeper leases;
  private final RenderTally tally;
  private final Duration lease;

  ClaimJobs(
      WorkerId self,
      RenderLedger ledger,
      EndpointRegistry registry,
      EndpointWatch watch,
      RenderFlow flow,
      LeaseKeeper leases,
      RenderTally tally,
      Duration lease) {
    this.self = self;
    this.ledger = ledger;
    this.registry = registry;
    this.watch = watch;
    this.flow = flow;
    this.leases = leases;
    this.tally = tally;
    this.lease = lease;
  }

  /** The ledger knows each endpoint with its slots before the first claim. */
  void registerEndpoints() {
    registry
        .all()
        .forEach(entry -> ledger.register(entry.definition().name(), entry.definition().slots()));
  }

  /** How many more jobs the pool has use for. */
  int room() {
    return ledger.board(registry.names()).room();
  }

  void claim(List<Arrived> arrived) {
    if (arrived.isEmpty()) {
      return;
    }
    SlotBoard board = ledger.board(registry.names());
    EndpointChoice choice = new EndpointChoice(registry, watch, board);
    List<ClaimOffer> offers =
        arrived.stream()
            .map(one -> new ClaimOffer(one.job(), one.traceParent(), choice.choose(one.job())))
            .toList();
    long started = System.nanoTime();
    List<HeldRender> fresh = ledger.claim(self, offers, lease);
    tally.claimed(fresh.size());
    tally.repeated(arrived.size() - fresh.size());
    WorkerSteps.CLAIMED_BEFORE_ACCEPT.reach();
    for (HeldRender row : fresh) {
      flow.take(row, leases.leaseFrom(started));
    }
  }
}
