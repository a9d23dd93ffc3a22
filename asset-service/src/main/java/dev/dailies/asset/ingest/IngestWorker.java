package dev.dailies.asset.ingest;

import dev.dailies.asset.AssetSteps;
import dev.dailies.asset.ingest.IngestResult.Unusable;
import dev.dailies.asset.quality.Finding;
import dev.dailies.asset.quality.FindingCode;
import dev.dailies.media.Scratch;
import dev.dailies.vault.VaultUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off the queue: claims as many orders as it may work at at once, and keeps their leases
 * while it does. Woken when something was added; looks by itself once in a while for what others
 * left.
 */
public final class IngestWorker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(IngestWorker.class);
  // Whoever works at it dies each time, or so it seems; restarts in a row must not look like that.
  private static final int MOST_CLAIMS = 20;
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  /**
   * How the worker goes about it.
   *
   * @param atOnce orders worked at at the same time
   * @param lease how long an order is held without being renewed
   * @param scan how often it looks without being woken
   * @param patience wait before an order that could not be worked at is tried again
   */
  public record Pace(int atOnce, Duration lease, Duration scan, Duration patience) {}

  private final IngestQueue queue;
  private final IngestAsset ingest;
  private final ResultLedger results;
  private final Pace pace;
  private final BiConsumer<String, Duration> ended;
  private final Semaphore free;
  private final Semaphore signal = new Semaphore(0);
  private final Set<Thread> workers = ConcurrentHashMap.newKeySet();
  private volatile boolean running;
  private @Nullable Thread claimer;

  /**
   * @param ended told how an order ended and how long it was worked at
   */
  public IngestWorker(
      IngestQueue queue,
      IngestAsset ingest,
      ResultLedger results,
      Pace pace,
      BiConsumer<String, Duration> ended) {
    this.queue = queue;
    this.ingest = ingest;
    this.results = results;
    this.pace = pace;
    this.ended = ended;
    this.free = new Semaphore(pace.atOnce());
  }

  /** Begins; ends with {@link #close}. */
  public void start() {
    running = true;
    claimer = Thread.ofVirtual().name("ingest-claimer").start(this::claimForEver);
  }

  /** Says that there may be something to do. */
  public void wake() {
    signal.release();
  }

  /** Orders being worked at. */
  public int busy() {
    return pace.atOnce() - free.availablePermits();
  }

  private void claimForEver() {
    while (running) {
      try {
        signal.drainPermits();
        if (claimOnce() == 0) {
          boolean woken = signal.tryAcquire(pace.scan().toMillis(), TimeUnit.MILLISECONDS);
          log.trace("looks again, woken: {}", woken);
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private int claimOnce() throws InterruptedException {
    free.acquire();
    int places = 1 + free.drainPermits();
    List<Claim> claims = List.of();
    try {
      claims = queue.claim(places, pace.lease());
    } catch (RuntimeException e) {
      log.warn("the queue can't be read: {}", e.getMessage());
    } finally {
      free.release(places - claims.size());
    }
    for (Claim claim : claims) {
      Thread.ofVirtual().name("ingest-" + claim.order().asset()).start(() -> work(claim));
    }
    return claims.size();
  }

  private void work(Claim claim) {
    long began = System.nanoTime();
    workers.add(Thread.currentThread());
    Thread keeper = keep(claim, Thread.currentThread());
    String ending;
    try {
      AssetSteps.INGEST_CLAIMED.reach();
      ending = settle(claim);
    } catch (RuntimeException e) {
      // The database is down: the lease lapses, and the order is found again.
      log.warn("ingest of {} is left: {}", claim.order().asset(), e.getMessage());
      ending = "left";
    } finally {
      keeper.interrupt();
      workers.remove(Thread.currentThread());
      free.release();
      wake();
    }
    Duration length = Duration.ofNanos(System.nanoTime() - began);
    IngestOrder order = claim.order();
    log.info("{} of {}: {} in {} ms", order.asset(), order.generation(), ending, length.toMillis());
    ended.accept(ending, length);
  }

  private String settle(Claim claim) {
    IngestOrder order = claim.order();
    try {
      IngestResult result =
          claim.times() > MOST_CLAIMS
              ? new Unusable(List.of(Finding.of(FindingCode.INGEST_FAILED, claim.times() - 1)))
              : ingest.take(order);
      ResultLedger.Ending ending = results.settle(claim, result);
      AssetSteps.OUTCOME_COMMITTED.reach();
      return ending.name();
    } catch (VaultUnavailable | Scratch.ScratchFull e) {
      if (Thread.interrupted()) {
        return handBack(claim);
      }
      log.warn("ingest of {} waits: {}", order.asset(), e.getMessage());
      queue.postpone(claim, pace.patience(), String.valueOf(e.getMessage()));
      return "postponed";
    } catch (InterruptedException e) {
      return handBack(claim);
    } catch (IOException | RuntimeException e) {
      if (Thread.interrupted()) {
        return handBack(claim);
      }
      log.error("ingest of {} failed", order.asset(), e);
      queue.fail(claim, pace.patience(), e.getClass().getSimpleName());
      return "failed";
    }
  }

  /** Interrupted: this process ends, or has lost the lease, and then nothing is given back. */
  private String handBack(Claim claim) {
    queue.postpone(claim, Duration.ZERO, "interrupted");
    return "interrupted";
  }

  /** Renews the lease until it is interrupted; interrupts the work when the lease is lost. */
  private Thread keep(Claim claim, Thread work) {
    return Thread.ofVirtual()
        .name("lease-" + claim.order().asset())
        .start(() -> {
          try {
            while (true) {
              Thread.sleep(pace.lease().dividedBy(3));
              if (!renewed(claim)) {
                work.interrupt();
                return;
              }
            }
          } catch (InterruptedException e) {
            // The work is done.
          }
        });
  }

  private boolean renewed(Claim claim) {
    try {
      return queue.renew(claim, pace.lease());
    } catch (RuntimeException e) {
      // Unknown; settling compares the token anyway.
      return true;
    }
  }

  /** Stops claiming and gives back what is being worked at, so that others take it up at once. */
  @Override
  public void close() {
    running = false;
    if (claimer != null) {
      claimer.interrupt();
    }
    workers.forEach(Thread::interrupt);
    try {
      if (!free.tryAcquire(pace.atOnce(), FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("{} ingests did not end; their leases will", busy());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
