package dev.dailies.contracts;

/** Whether the endpoint bills an attempt. A fact of the endpoint, never our guess. */
public enum Billing {
  /** Not known, or written by a newer producer than this reader knows. */
  UNKNOWN,
  NO,
  YES
}
