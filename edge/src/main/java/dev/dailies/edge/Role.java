package dev.dailies.edge;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a principal may do in its workspace. */
public enum Role {
  /** Everything, keys and members included. */
  OWNER,
  /** Makes requests, and cancels them. */
  PRODUCER,
  /** Selects and rejects takes. */
  REVIEWER,
  /** Clears or blocks what moderation holds. */
  MODERATOR,
  /** Approves what was selected. */
  APPROVER,
  /** Pauses, drains, decides on parked renders. */
  OPERATOR;

  /** The name in lower case, as it stands in {@code access.v1}. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of that name; empty for one of a later build. */
  public static Optional<Role> ofWire(String name) {
    return Stream.of(values()).filter(role -> role.wire().equals(name)).findFirst();
  }

  /** The roles of those names; those of a later build give nothing. */
  public static Set<Role> ofWire(Collection<String> names) {
    return names.stream()
        .flatMap(name -> ofWire(name).stream())
        .collect(Collectors.toUnmodifiableSet());
  }
}
