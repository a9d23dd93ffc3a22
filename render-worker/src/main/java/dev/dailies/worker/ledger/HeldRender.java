package dev.dailies.worker.ledger;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.RenderJob;
import dev.dailies.worker.endpoint.Charge;
import dev.dailies.worker.endpoint.ProviderJob;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A render as its holder last saw it in the ledger. Every change gives a new one.
 *
 * @param slotted whether a slot belongs to it
 * @param job the work item, with its text
 * @param endpoint where it is, or is going, to run
 * @param plan what was submitted
 * @param sentTo origin that the create is sent to; present from SUBMITTING on
 * @param provider the work as its server knows it; present from SUBMITTED on
 * @param quietFrom no byte of the create left after this
 * @param percent the last progress told
 * @param result what the endpoint said when it was done; present from RENDERED on
 * @param cancelRequested whether somebody wants it stopped
 * @param seenAt when this was read, on the ledger's clock
 */
public record HeldRender(
    RenderId render,
    GenerationId generation,
    WorkspaceId workspace,
    int attempt,
    RenderState state,
    Fence fence,
    boolean slotted,
    RenderJob job,
    Optional<String> traceParent,
    Optional<String> endpoint,
    Optional<SubmittedPlan> plan,
    Optional<URI> sentTo,
    Optional<ProviderJob> provider,
    Optional<Instant> quietFrom,
    int percent,
    Optional<Result> result,
    Times times,
    boolean cancelRequested,
    Instant seenAt) {

  /** When its steps happened, on the ledger's clock. */
  public record Times(
      Instant claimedAt,
      Optional<Instant> submittingAt,
      Optional<Instant> acceptedAt,
      Optional<Instant> finishedAt) {}

  /**
   * What the endpoint said when it was done.
   *
   * @param cost what it costs, if that is known
   * @param costReported whether the endpoint said so, or the registry's price was used
   */
  public record Result(
      Optional<Charge> cost, boolean costReported, OptionalLong seed, Optional<String> model) {}
}
