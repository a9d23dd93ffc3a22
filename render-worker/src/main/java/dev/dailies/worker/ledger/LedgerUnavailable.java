package dev.dailies.worker.ledger;

/** The ledger's database can't be reached. The same call may succeed later. */
public final class LedgerUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LedgerUnavailable(Throwable cause) {
    super("the render ledger is not available", cause);
  }
}
