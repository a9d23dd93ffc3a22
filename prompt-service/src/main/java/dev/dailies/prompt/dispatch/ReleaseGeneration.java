package dev.dailies.prompt.dispatch;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.Pool;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.event.GenerationReleased;
import dev.dailies.contracts.event.RenderJob;
import dev.dailies.messaging.EventOrigin;
import dev.dailies.messaging.Outbox;
import dev.dailies.messaging.TraceParent;
import dev.dailies.prompt.PromptSteps;
import dev.dailies.prompt.catalogue.Catalogue;
import dev.dailies.prompt.catalogue.Model;
import dev.dailies.prompt.generation.FailureFacts;
import dev.dailies.prompt.generation.Feed;
import dev.dailies.prompt.generation.FeedKind;
import dev.dailies.prompt.generation.Generation;
import dev.dailies.prompt.generation.GenerationState;
import dev.dailies.prompt.generation.GenerationStore;
import dev.dailies.prompt.generation.Hold;
import dev.dailies.prompt.generation.JobInputs;
import dev.dailies.prompt.generation.Render;
import dev.dailies.prompt.generation.RenderState;
import dev.dailies.prompt.generation.RenderStore;
import dev.dailies.prompt.generation.RenderStore.Minted;
import dev.dailies.prompt.generation.SettleGeneration;
import dev.dailies.prompt.generation.SourceStore;
import dev.dailies.prompt.generation.Specification;
import dev.dailies.prompt.generation.SpecificationRecords;
import dev.dailies.prompt.generation.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Mints the next attempt of a generation and hands it to its pool: one transaction, fenced by the
 * dispatcher's lease.
 */
final class ReleaseGeneration {
  private final PoolLease lease;
  private final Catalogue catalogue;
  private final GenerationStore generations;
  private final RenderStore renders;
  private final SourceStore sources;
  private final SettleGeneration settle;
  private final Ledger ledger;
  private final Outbox outbox;
  private final Feed feed;
  private final Transactions transactions;
  private final TraceParent trace;
  private final DispatchCounts counts;
  private final Clock clock;

  ReleaseGeneration(
      PoolLease lease,
      Catalogue catalogue,
      GenerationStore generations,
      RenderStore renders,
      SourceStore sources,
      SettleGeneration settle,
      Ledger ledger,
      Outbox outbox,
      Feed feed,
      Transactions transactions,
      TraceParent trace,
      DispatchCounts counts,
      Clock clock) {
    this.lease = lease;
    this.catalogue = catalogue;
    this.generations = generations;
    this.renders = renders;
    this.sources = sources;
    this.settle = settle;
    this.ledger = ledger;
    this.outbox = outbox;
    this.feed = feed;
    this.transactions = transactions;
    this.trace = trace;
    this.counts = counts;
    this.clock = clock;
  }

  /** What became of it. */
  enum Outcome {
    RELEASED,
    /** Cancelled, held or released meanwhile, or ended here: its source is lost. */
    PASSED_OVER,
    /** The pool has another dispatcher by now. */
    LEASE_LOST
  }

  Outcome release(PoolLease.Held held, GenerationId id) {
    Outcome outcome =
        trace.continuing(
            generations.traceParent(id),
            "release",
            () -> transactions.within(() -> releaseFenced(held, id)));
    if (outcome == Outcome.RELEASED) {
      PromptSteps.RELEASED_COMMITTED.reach();
    }
    return outcome;
  }

  private Outcome releaseFenced(PoolLease.Held held, GenerationId id) {
    if (!lease.fence(held)) {
      return Outcome.LEASE_LOST;
    }
    Optional<Generation> releasable =
        generations.lock(id).filter(g -> g.state() == GenerationState.WAITING && !g.held());
    Optional<Model> model = releasable.flatMap(g -> catalogue.find(g.model()));
    Optional<Specification> specification = generations.specification(id);
    if (releasable.isEmpty() || model.isEmpty() || specification.isEmpty()) {
      return Outcome.PASSED_OVER;
    }
    Generation generation = releasable.get();
    List<Render> earlier = renders.of(id);
    if (earlier.stream().anyMatch(render -> !render.state().decided())) {
      return Outcome.PASSED_OVER;
    }
    Instant now = clock.instant();
    Optional<JobInputs> inputs = inputs(generation);
    if (inputs.isEmpty()) {
      waitOrFail(generation, now);
      return Outcome.PASSED_OVER;
    }
    Minted minted =
        new Minted(
            RenderId.mint(),
            id,
            generation.pool(),
            earlier.isEmpty() ? 1 : earlier.getLast().attempt() + 1,
            model.get().endpointModel(),
            reason(earlier),
            now);
    renders.mint(minted);
    generations.move(generation, GenerationState.RELEASED);
    outbox.publish(
        EventOrigin.of("generation", id.value(), generation.workspace().value()),
        envelope ->
            GenerationReleased.newBuilder()
                .setEnvelope(envelope)
                .setRender(minted.id().value())
                .setAttempt(minted.attempt())
                .setPool(generation.pool().value())
                .setReason(minted.reason())
                .build());
    outbox.job(job(generation, specification.get(), inputs.get(), minted));
    feed.tell(
        id,
        FeedKind.GENERATION_RELEASED,
        Map.of("render", minted.id().value(), "attempt", minted.attempt()));
    PromptSteps.RELEASE_BEFORE_COMMIT.reach();
    transactions.afterCommit(() -> counts.released(generation.pool(), waited(generation, minted)));
    return Outcome.RELEASED;
  }

  /** Its sources were to be had when the last hold went, and no longer are. */
  private void waitOrFail(Generation generation, Instant now) {
    if (sources.standing(generation.id()) == SourceStore.Standing.PENDING) {
      generations.hold(generation.id(), Hold.open(Hold.PARENT));
    } else {
      settle.fail(generation, SettleGeneration.sourceUnavailable(), Optional.empty(), now);
    }
  }

  private static Optional<Duration> waited(Generation generation, Minted minted) {
    return minted.attempt() == 1
        ? Optional.of(Duration.between(generation.acceptedAt(), minted.at()))
        : Optional.empty();
  }

  private static String reason(List<Render> earlier) {
    if (earlier.isEmpty()) {
      return "first";
    }
    Render last = earlier.getLast();
    if (last.state() == RenderState.COMPLETED) {
      return "asset_rejected";
    }
    return last.failure()
        .map(FailureFacts::code)
        .orElseGet(() -> last.state().name().toLowerCase(Locale.ROOT));
  }

  /** Hands the identical job out again; whether it still was unclaimed. */
  boolean handOutAgain(PoolLease.Held held, Ledger.Unclaimed unclaimed) {
    return trace.continuing(
        generations.traceParent(unclaimed.generation()),
        "hand-out-again",
        () -> transactions.within(() -> handOutFenced(held, unclaimed)));
  }

  private boolean handOutFenced(PoolLease.Held held, Ledger.Unclaimed unclaimed) {
    if (!lease.fence(held)) {
      return false;
    }
    Optional<Generation> generation = generations.lock(unclaimed.generation());
    Optional<Specification> specification = generations.specification(unclaimed.generation());
    Optional<JobInputs> inputs = generation.flatMap(this::inputs);
    if (specification.isEmpty() || inputs.isEmpty() || !ledger.handOutAgain(unclaimed)) {
      return false;
    }
    Pool pool = generation.get().pool();
    outbox.job(
        job(
            generation.get(),
            specification.get(),
            inputs.get(),
            new Minted(
                unclaimed.id(),
                unclaimed.generation(),
                pool,
                unclaimed.attempt(),
                unclaimed.endpointModel(),
                "",
                unclaimed.mintedAt())));
    PromptSteps.HAND_OUT_AGAIN_BEFORE_COMMIT.reach();
    transactions.afterCommit(() -> counts.handedOutAgain(pool));
    return true;
  }

  private Optional<JobInputs> inputs(Generation generation) {
    return sources.standing(generation.id()) == SourceStore.Standing.READY
        ? sources.inputs(generation.workspace(), generation.id())
        : Optional.empty();
  }

  /** Made from what the database keeps, so that it is the same each time. */
  private static RenderJob job(
      Generation generation, Specification specification, JobInputs inputs, Minted minted) {
    return RenderJob.newBuilder()
        .setRender(minted.id().value())
        .setGeneration(generation.id().value())
        .setWorkspace(generation.workspace().value())
        .setAttempt(minted.attempt())
        .setPool(generation.pool().value())
        .setEndpointModel(minted.endpointModel())
        .setForm(SpecificationRecords.form(specification, generation.shot()))
        .setText(SpecificationRecords.text(specification))
        .setInputs(inputs.objects())
        .setParentEndpoint(inputs.parentEndpoint().orElse(null))
        .setParentVendorId(inputs.parentVendorId().orElse(null))
        .setParentLengthMillis(
            inputs.parentMillis().or(specification.form()::extendedMillis).orElse(null))
        .setDeadline(specification.form().deadline().orElse(null))
        .setReleasedAt(minted.at())
        .build();
  }
}
