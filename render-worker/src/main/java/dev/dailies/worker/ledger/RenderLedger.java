package dev.dailies.worker.ledger;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.WorkerId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.worker.endpoint.ProviderJob;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The truth about renders, shared by all workers of a pool.
 *
 * <p>A render is held under a lease by one worker at a time. Every change is one compare-and-set on
 * the render's state and its holder's {@link Fence}; an empty answer means that the render is no
 * longer the caller's, or no longer in that state, and the caller lets go of it. An illegal change
 * does not exist. Where a change is an event, the event is written in the same transaction. Times
 * are the database's.
 *
 * <p>Every method throws {@link LedgerUnavailable} when the database can't be reached; it is then
 * unknown whether the change was made, and making it again is safe.
 */
public interface RenderLedger {
  /**
   * Claims jobs that nobody has claimed, and gives each a slot of its endpoint as far as there are
   * free ones, in one statement. A job whose render is known already is left out: it is a repeat.
   */
  List<HeldRender> claim(WorkerId owner, List<ClaimOffer> offers, Duration lease);

  /** Gives free slots to claimed renders, as far as there are any; answers those that got one. */
  List<HeldRender> takeSlots(List<SlotWish> wishes);

  /**
   * Before the first byte of the create: the client reference, which is the render's id, what is
   * asked for, and the origin that is asked. Needs a slot, a lease that has not lapsed, and that
   * nobody wants it cancelled.
   */
  Optional<HeldRender> submitting(HeldRender render, SubmittedPlan plan, URI origin);

  /** The answer to the create is lost; from now on no byte of it leaves. */
  Optional<HeldRender> unanswered(HeldRender render);

  /**
   * The endpoint took it: by its answer, or found by reference.
   *
   * @throws JobAlreadyHeld if another living render has that job
   */
  Optional<HeldRender> submitted(HeldRender render, ProviderJob job);

  /**
   * Tells the answer to its own create to whoever holds the render by now, or to nobody if it was
   * parked meanwhile. A render is submitted once, so the answer is true whoever owns it.
   *
   * @return false if its fate is known already
   */
  boolean answered(HeldRender render, ProviderJob job);

  /** How far it is. Progress that is not more than what was told before changes nothing. */
  Optional<HeldRender> progressed(HeldRender render, int percent);

  /** The endpoint is done: the slot is free from here on. */
  Optional<HeldRender> rendered(HeldRender render, HeldRender.Result result);

  /**
   * The attempt is over: its text is wiped, its slot free. A release of what somebody wants
   * cancelled is a cancellation.
   */
  boolean end(HeldRender render, Ending ending);

  /** A person must decide. The slot stays taken until no job can run that long. */
  boolean park(HeldRender render, String reason, Duration longestRun);

  /** The render as it stands now, if it is still the caller's and has not ended. */
  Optional<HeldRender> reload(HeldRender render);

  /** Extends the leases of what the worker holds, in one statement; answers their tokens. */
  Map<RenderId, Long> renew(WorkerId owner, Set<RenderId> held, Duration lease);

  /** Takes over renders whose lease has lapsed, except those that the caller knows it holds. */
  List<HeldRender> takeOver(WorkerId owner, Set<RenderId> held, Duration lease, int most);

  /** Lets go of a render, so that another worker takes it over at once. */
  void handOver(HeldRender render);

  /**
   * Stops a render whose holder has submitted nothing, or tells its holder to stop it. One that is
   * not known is remembered as cancelled, so that its job never starts.
   */
  CancelResult cancel(RenderId render, GenerationId generation, WorkspaceId workspace);

  /** Acts on a parked render, once per decision. */
  boolean decide(RenderId render, String decision, ParkedDecided decided);

  /** All slots of these endpoints now. */
  SlotBoard board(Set<String> endpoints);

  /** Registers an endpoint with its number of slots; more or fewer than before take effect. */
  void register(String endpoint, int slots);

  /** No submit at the endpoint until this has passed; a longer pause that stands is kept. */
  void close(String endpoint, Duration pause, String reason);

  /** Frees slots of parked renders whose longest run has passed; answers how many. */
  int freeExpiredSlots();
}
