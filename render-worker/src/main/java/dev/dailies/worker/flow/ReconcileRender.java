package dev.dailies.worker.flow;

import dev.dailies.worker.endpoint.ClientReference;
import dev.dailies.worker.endpoint.EndpointDefinition;
import dev.dailies.worker.endpoint.EndpointRegistry;
import dev.dailies.worker.endpoint.ReconcileOutcome;
import dev.dailies.worker.ledger.Ending;
import dev.dailies.worker.ledger.HeldRender;
import dev.dailies.worker.ledger.JobAlreadyHeld;
import dev.dailies.worker.ledger.RenderLedger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what became of a create whose answer is lost: found, absent, or for a person to decide.
 * Never repeats it.
 */
public final class ReconcileRender {
  private static final Logger log = LoggerFactory.getLogger(ReconcileRender.class);
  private static final Duration NO_ENDPOINT_PAUSE = Duration.ofSeconds(30);

  private final RenderLedger ledger;
  private final EndpointRegistry registry;
  private final EndRender end;
  private final Duration patience;

  /**
   * @param patience how long, after the quiet time, an endpoint that does not answer is asked again
   */
  public ReconcileRender(
      RenderLedger ledger, EndpointRegistry registry, EndRender end, Duration patience) {
    this.ledger = ledger;
    this.registry = registry;
    this.end = end;
    this.patience = patience;
  }

  Next advance(RenderRun run) {
    HeldRender row = run.row();
    Optional<EndpointRegistry.Entry> entry = row.endpoint().flatMap(registry::find);
    if (entry.isEmpty()) {
      log.warn("{} can't be reconciled: its endpoint is not in the registry", run.id());
      return new Next.Wait(NO_ENDPOINT_PAUSE);
    }
    if (row.quietFrom().isEmpty()) {
      return ledger
          .unanswered(row)
          .<Next>map(Next.Go::new)
          .orElseGet(() -> new Next.LookAgain(Duration.ZERO));
    }
    EndpointDefinition definition = entry.get().definition();
    Instant settled = row.quietFrom().get().plus(definition.quietTime());
    Duration left = Duration.between(run.ledgerNow(), settled);
    if (left.isPositive()) {
      return new Next.Wait(left);
    }
    return switch (entry
        .get()
        .endpoint()
        .reconcile(
            ClientReference.of(run.id()),
            row.sentTo().orElseGet(() -> entry.get().endpoint().origin()))) {
      case ReconcileOutcome.Found found -> {
        log.info("{} was taken by {}: followed as {}", run.id(), definition.name(), found.job());
        try {
          yield ledger
              .submitted(row, found.job())
              .<Next>map(Next.Go::new)
              .orElseGet(() -> new Next.LookAgain(Duration.ZERO));
        } catch (JobAlreadyHeld twice) {
          yield end.park(run, "match_held_by_another");
        }
      }
      case ReconcileOutcome.Absent absent -> {
        log.info("{} never reached {}: {}", run.id(), definition.name(), absent.proof());
        yield end.end(run, new Ending.Released("submit_absent", true, Optional.empty()));
      }
      case ReconcileOutcome.Undecidable undecidable ->
          undecidable.passing() && run.ledgerNow().isBefore(settled.plus(patience))
              ? new Next.Wait(run.backoff().next())
              : end.park(run, undecidable.why());
    };
  }
}
