package dev.dailies.contracts;

/** Whether another attempt could help, and where. */
public enum Retry {
  /** Written by a newer producer than this reader knows; treated as {@link #NEVER}. */
  UNKNOWN,
  /** No attempt will ever succeed. */
  NEVER,
  /** The same endpoint may succeed, not before the failure's time to come back. */
  SAME_ENDPOINT_LATER,
  /** Another endpoint may succeed at once. */
  OTHER_ENDPOINT,
  /** Only after the request itself has been changed. */
  AFTER_CHANGE
}
