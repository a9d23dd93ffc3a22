package dev.dailies.edge;

import java.util.List;
import java.util.Optional;

/** Finds the principal behind a key, or behind the person whom a token names. */
public interface KeyDirectory {
  /**
   * The principal of a usable key; empty for one that is unknown, expired or revoked.
   *
   * @param secretSha256 SHA-256 of the key, lower-case hexadecimal
   */
  Optional<Principal> find(String secretSha256);

  /**
   * The active memberships of a person, one for each workspace.
   *
   * @param identity a {@link MemberIdentity}
   */
  List<Principal> findMemberships(String identity);

  /**
   * Whether all that was said of keys and members has been read. Before, an unknown one may be good
   * and a known one revoked, so nobody is let in.
   */
  boolean ready();
}
