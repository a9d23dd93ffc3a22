package dev.dailies.prompt.dispatch;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.Pool;
import dev.dailies.prompt.catalogue.Catalogue;
import dev.dailies.prompt.catalogue.Model;
import dev.dailies.prompt.dispatch.Fleet.Capacity;
import dev.dailies.prompt.generation.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases what one pool can take, on a thread of its own: when its bell rings, and at the latest
 * after a tick. Of all processes that run one for a pool, the one that holds the lease works.
 */
final class PoolDispatcher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PoolDispatcher.class);
  private static final int BATCH = 64;
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final Pool pool;
  private final String owner;
  private final DispatchProperties properties;
  private final Fleet fleet;
  private final Catalogue catalogue;
  private final PoolLease leases;
  private final Ledger ledger;
  private final ReleaseOrder order;
  private final ReleaseGeneration release;
  private final ExpireGeneration expire;
  private final Transactions transactions;
  private final DispatchCounts counts;
  private final Bell bell = new Bell();
  private final Thread thread;

  private volatile boolean closed;
  private volatile PoolLease.@Nullable Held held;
  private long renewAt;
  private long lookAgainAt;
  private boolean failing;

  PoolDispatcher(
      Pool pool,
      String owner,
      DispatchProperties properties,
      Fleet fleet,
      Catalogue catalogue,
      PoolLease leases,
      Ledger ledger,
      ReleaseOrder order,
      ReleaseGeneration release,
      ExpireGeneration expire,
      Transactions transactions,
      DispatchCounts counts) {
    this.pool = pool;
    this.owner = owner;
    this.properties = properties;
    this.fleet = fleet;
    this.catalogue = catalogue;
    this.leases = leases;
    this.ledger = ledger;
    this.order = order;
    this.release = release;
    this.expire = expire;
    this.transactions = transactions;
    this.counts = counts;
    this.renewAt = System.nanoTime();
    this.lookAgainAt = renewAt;
    this.thread = Thread.ofVirtual().name("dispatch-" + pool).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void ring() {
    bell.ring();
  }

  Pool pool() {
    return pool;
  }

  /** Whether this process dispatches the pool. */
  boolean owns() {
    return held != null;
  }

  private void run() {
    while (!closed) {
      try {
        bell.await(properties.tick());
        pass();
        if (failing) {
          failing = false;
          log.info("Dispatch of pool {} goes on", pool);
        }
      } catch (InterruptedException closing) {
        return;
      } catch (RuntimeException e) {
        failed(e);
      }
    }
  }

  private void failed(RuntimeException e) {
    // Whether the lease still is ours can't be known now; it is asked for anew.
    held = null;
    if (closed) {
      return;
    }
    counts.failedPass(pool);
    if (!failing) {
      failing = true;
      log.warn("Dispatch of pool {} waits until this has passed: {}", pool, e.toString());
    }
    log.debug("A pass over pool {} failed", pool, e);
  }

  private void pass() {
    if (!renew()) {
      return;
    }
    List<GenerationId> lapsing = ledger.lapsing(BATCH);
    if (!lapsing.isEmpty()) {
      transactions.within(() -> {
        ledger.lapseHolds(lapsing);
        return lapsing.size();
      });
    }
    ledger.overdue(pool, BATCH).forEach(expire::expire);
    Capacity capacity = fleet.capacity(pool);
    if (capacity.workers() == 0) {
      return;
    }
    handOutAgain();
    Set<String> models =
        catalogue.models().stream()
            .filter(m -> m.pool().equals(pool) && capacity.runs(m.id(), m.endpointModel()))
            .map(Model::id)
            .collect(Collectors.toUnmodifiableSet());
    boolean more = true;
    while (more && !closed && renew()) {
      more = releaseSome(capacity, models);
    }
  }

  private boolean releaseSome(Capacity capacity, Set<String> models) {
    PoolLease.Held lease = held;
    int places = capacity.attempts() - ledger.underWay(pool);
    if (places <= 0 || models.isEmpty() || lease == null) {
      return false;
    }
    int wanted = Math.min(places, BATCH);
    List<GenerationId> next = order.next(pool, models, wanted);
    for (GenerationId id : next) {
      if (release.release(lease, id) == ReleaseGeneration.Outcome.LEASE_LOST) {
        lost();
        return false;
      }
    }
    return next.size() == wanted && places > wanted;
  }

  private void handOutAgain() {
    PoolLease.Held lease = held;
    if (lease == null || System.nanoTime() < lookAgainAt) {
      return;
    }
    lookAgainAt = System.nanoTime() + properties.tick().toNanos();
    for (Ledger.Unclaimed unclaimed : ledger.unclaimed(pool, properties.unclaimed(), BATCH)) {
      if (release.handOutAgain(lease, unclaimed)) {
        log.info(
            "Nobody claimed {} in {}: handed out again", unclaimed.id(), properties.unclaimed());
      }
    }
  }

  /** Whether the pool is ours; asks the database when a third of the lease has passed. */
  private boolean renew() {
    if (held != null && System.nanoTime() < renewAt) {
      return true;
    }
    long asked = System.nanoTime();
    Optional<PoolLease.Held> given = leases.acquire(pool, owner, properties.lease());
    if (given.isEmpty()) {
      lost();
      return false;
    }
    if (held == null) {
      log.info("Dispatches pool {} with token {}", pool, given.get().token());
    }
    held = given.get();
    renewAt = asked + properties.lease().toNanos() / 3;
    return true;
  }

  private void lost() {
    if (held != null) {
      log.info("Pool {} is dispatched by another process now", pool);
      held = null;
    }
  }

  /** Stops, and gives the lease up so that another process goes on at once. */
  @Override
  public void close() {
    closed = true;
    bell.ring();
    try {
      if (!thread.join(CLOSING)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    PoolLease.Held lease = held;
    held = null;
    if (lease != null) {
      try {
        leases.giveUp(lease);
      } catch (RuntimeException e) {
        log.debug("The lease of pool {} will expire by itself", pool, e);
      }
    }
  }
}
