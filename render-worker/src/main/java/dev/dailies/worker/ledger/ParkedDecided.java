package dev.dailies.worker.ledger;

/** What a person decided about a parked render. */
public sealed interface ParkedDecided {
  /** It is this job at the endpoint: follow it. */
  record Adopt(String vendorId) implements ParkedDecided {}

  /** It never ran, or its result is of no use: no other attempt. */
  record DeclareDead() implements ParkedDecided {}

  /** Try again, knowing that it may be paid twice. */
  record Retry() implements ParkedDecided {}
}
