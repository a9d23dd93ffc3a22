package dev.dailies.worker.flow;

import dev.dailies.contracts.RenderId;
import dev.dailies.worker.endpoint.PollOutcome;
import dev.dailies.worker.endpoint.ProviderJob;
import dev.dailies.worker.endpoint.RenderRequest;
import dev.dailies.worker.ledger.Ending;
import dev.dailies.worker.ledger.HeldRender;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A render in this worker's hands: its row as last seen, and what is known but not yet written.
 * Driven by one thread at a time; the fields that others read are volatile.
 */
public final class RenderRun {
  private volatile HeldRender row;
  private volatile long seenNanos = System.nanoTime();
  private volatile long leaseEnds;
  private volatile boolean cancelRequested;
  private volatile boolean wantsSlot;
  private final AtomicBoolean stale = new AtomicBoolean();

  private Optional<RenderRequest> request = Optional.empty();
  private boolean sent;
  private Optional<ProviderJob> accepted = Optional.empty();
  private Optional<Ending> decided = Optional.empty();
  private Optional<PollOutcome.Succeeded> succeeded = Optional.empty();
  private final Denials denials = new Denials();
  private final Denials silences = new Denials();
  private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(15));
  private long nextCancelNanos = System.nanoTime();
  private int faults;

  /**
   * @param leaseEnds until when, by {@link System#nanoTime}, nobody else can hold it
   */
  public RenderRun(HeldRender row, long leaseEnds) {
    this.row = row;
    this.leaseEnds = leaseEnds;
    this.cancelRequested = row.cancelRequested();
  }

  public RenderId id() {
    return row.render();
  }

  public HeldRender row() {
    return row;
  }

  /** The row as the ledger has just given it. */
  public void see(HeldRender now) {
    if (now.state() != row.state()) {
      // It was decided of what the render no longer is.
      decided = Optional.empty();
    }
    seenNanos = System.nanoTime();
    row = now;
    wantsSlot = wantsSlot && !now.slotted();
    cancelRequested = cancelRequested || now.cancelRequested();
  }

  /** The time on the ledger's clock, without asking it. */
  public Instant ledgerNow() {
    return row.seenAt().plusNanos(System.nanoTime() - seenNanos);
  }

  /** Whether nobody else can hold it yet: what the permit to send is made of. */
  public boolean leaseHolds() {
    return System.nanoTime() - leaseEnds < 0;
  }

  public void leaseEnds(long nanos) {
    leaseEnds = nanos;
  }

  public boolean cancelRequested() {
    return cancelRequested;
  }

  public void requestCancel() {
    cancelRequested = true;
  }

  /** Whether it stands before its submit and only lacks a slot. */
  public boolean wantsSlot() {
    return wantsSlot;
  }

  void wantSlot() {
    wantsSlot = true;
  }

  /** Marks that the row may have changed under us. */
  public void doubt() {
    stale.set(true);
  }

  boolean clearDoubt() {
    return stale.getAndSet(false);
  }

  Optional<RenderRequest> request() {
    return request;
  }

  void prepared(RenderRequest made) {
    request = Optional.of(made);
  }

  /** Whether this worker itself called the endpoint's create. */
  boolean sent() {
    return sent;
  }

  void sending() {
    sent = true;
  }

  /** The endpoint's answer, which the ledger may not have yet. */
  Optional<ProviderJob> accepted() {
    return accepted;
  }

  void accepted(ProviderJob job) {
    accepted = Optional.of(job);
  }

  /** How it ends, which the ledger may not have yet. */
  Optional<Ending> decided() {
    return decided;
  }

  void decide(Ending ending) {
    decided = Optional.of(ending);
  }

  public Optional<PollOutcome.Succeeded> succeeded() {
    return succeeded;
  }

  public void succeeded(PollOutcome.Succeeded outcome) {
    succeeded = Optional.of(outcome);
  }

  /** Asks the endpoint anew where the result is. */
  public void forgetAddress() {
    succeeded = Optional.empty();
  }

  public Denials denials() {
    return denials;
  }

  /** The same of answers that tell nothing, counted once a render's time is up. */
  public Denials silences() {
    return silences;
  }

  public Backoff backoff() {
    return backoff;
  }

  boolean mayCancelNow() {
    return System.nanoTime() - nextCancelNanos >= 0;
  }

  void cancelAgainAfter(Duration pause) {
    nextCancelNanos = System.nanoTime() + pause.toNanos();
  }

  int countFault() {
    return ++faults;
  }
}
