package dev.dailies.prompt.dispatch;

import dev.dailies.contracts.Pool;
import java.time.Duration;
import java.util.Optional;

/**
 * The right to dispatch a pool, held by one process at a time. Time is the database's; each change
 * of owner raises the token.
 */
public interface PoolLease {
  /** A lease that was given. */
  record Held(Pool pool, String owner, long token) {}

  /** Takes or prolongs the lease, if nobody else has it. */
  Optional<Held> acquire(Pool pool, String owner, Duration length);

  /** Whether it is still ours; if so, it can't change hands before the open transaction ends. */
  boolean fence(Held held);

  /** Gives it up, so that another need not wait. */
  void giveUp(Held held);
}
