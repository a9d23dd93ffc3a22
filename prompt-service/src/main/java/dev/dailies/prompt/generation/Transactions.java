package dev.dailies.prompt.generation;

import java.util.function.Supplier;

/** The database transaction around a use case. */
public interface Transactions {
  /**
   * Does the work in one transaction: all of it becomes durable, or nothing. What deadlocks is done
   * again from its beginning, so the work must not change anything outside the database.
   */
  <T> T within(Supplier<T> work);

  /** Runs something once the transaction that is open now has been committed; not if it fails. */
  void afterCommit(Runnable action);
}
