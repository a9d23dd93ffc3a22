package dev.dailies.edge;

import java.util.Optional;

/** Finds the principal behind a key. */
public interface KeyDirectory {
  /**
   * The principal of a usable key; empty for one that is unknown, expired or revoked.
   *
   * @param secretSha256 SHA-256 of the key, lower-case hexadecimal
   */
  Optional<Principal> find(String secretSha256);

  /** Whether the keys have been read: before, no key can be told from an unknown one. */
  boolean ready();
}
