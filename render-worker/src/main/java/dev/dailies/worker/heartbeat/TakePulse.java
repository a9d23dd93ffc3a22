package dev.dailies.worker.heartbeat;

import dev.dailies.contracts.WorkerId;
import dev.dailies.contracts.event.EndpointHealth;
import dev.dailies.contracts.event.EndpointState;
import dev.dailies.contracts.event.WorkerHeartbeat;
import dev.dailies.worker.claim.Claiming;
import dev.dailies.worker.endpoint.EndpointDefinition;
import dev.dailies.worker.endpoint.EndpointRegistry;
import dev.dailies.worker.endpoint.EndpointWatch;
import dev.dailies.worker.endpoint.ModelOffer;
import dev.dailies.worker.flow.HeldRenders;
import dev.dailies.worker.ledger.RenderLedger;
import dev.dailies.worker.ledger.SlotBoard;
import dev.dailies.worker.ledger.SlotCount;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Says how this worker and its endpoints are. */
final class TakePulse {
  /** Who and where this process is. */
  record Identity(WorkerId worker, String pool, String build, String region) {}

  private final Identity identity;
  private final RenderLedger ledger;
  private final EndpointRegistry registry;
  private final EndpointWatch watch;
  private final HeldRenders held;
  private final Claiming claiming;
  private final Clock clock;
  private final AtomicLong version = new AtomicLong();

  TakePulse(
      Identity identity,
      RenderLedger ledger,
      EndpointRegistry registry,
      EndpointWatch watch,
      HeldRenders held,
      Claiming claiming,
      Clock clock) {
    this.identity = identity;
    this.ledger = ledger;
    this.registry = registry;
    this.watch = watch;
    this.held = held;
    this.claiming = claiming;
    this.clock = clock;
  }

  WorkerHeartbeat now() {
    SlotBoard board = ledger.board(registry.names());
    List<EndpointState> endpoints =
        registry.all().stream()
            .map(EndpointRegistry.Entry::definition)
            .map(definition -> state(definition, board.of(definition.name())))
            .toList();
    return WorkerHeartbeat.newBuilder()
        .setWorker(identity.worker().value())
        .setPool(identity.pool())
        .setVersion(version.incrementAndGet())
        .setBuild(identity.build())
        .setRegion(identity.region())
        .setClaiming(claiming.claims())
        .setHolding(held.size())
        .setEndpoints(endpoints)
        .setAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
        .build();
  }

  private EndpointState state(EndpointDefinition definition, Optional<SlotCount> count) {
    Optional<String> down = watch.downReason(definition.name());
    Optional<String> closed =
        count.filter(c -> c.closedUntil().isPresent()).flatMap(SlotCount::closedReason);
    EndpointHealth health =
        down.isPresent()
            ? EndpointHealth.DOWN
            : closed.isPresent() ? EndpointHealth.DEGRADED : EndpointHealth.UP;
    return EndpointState.newBuilder()
        .setEndpoint(definition.name())
        .setModels(definition.models().stream().map(ModelOffer::name).toList())
        .setSlots(definition.slots())
        .setFree(down.isPresent() ? 0 : count.map(SlotCount::takeable).orElse(0))
        .setHealth(health)
        .setReason(down.or(() -> closed).orElse(null))
        .build();
  }
}
