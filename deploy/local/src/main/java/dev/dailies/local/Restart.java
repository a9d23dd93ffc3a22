package dev.dailies.local;

/** What becomes of a process that dies without having been asked to. */
public enum Restart {
  /** It is started again, after a pause that doubles while it keeps dying. */
  ALWAYS,
  /** It stays down until a test starts it. */
  NEVER
}
