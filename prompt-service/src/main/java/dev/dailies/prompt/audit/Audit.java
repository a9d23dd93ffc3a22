package dev.dailies.prompt.audit;

/** Where changes are written down. */
public interface Audit {
  /**
   * Writes an entry in the transaction that is open: with the change, or not at all.
   *
   * @throws IllegalStateException outside of a transaction
   */
  void record(AuditEntry entry);
}
