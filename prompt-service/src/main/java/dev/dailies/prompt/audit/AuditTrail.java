package dev.dailies.prompt.audit;

import dev.dailies.contracts.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what was written down, newest first. */
public interface AuditTrail {
  /**
   * What is looked for; what is empty does not narrow it.
   *
   * @param after id of the last entry of the page before
   */
  record Search(
      WorkspaceId workspace,
      Optional<String> actor,
      Optional<String> action,
      Optional<String> target,
      Optional<Instant> since,
      Optional<Instant> until,
      OptionalLong after,
      int limit) {}

  /** An entry with its id and time. */
  record Line(long id, Instant at, AuditEntry entry) {}

  /** At most {@code limit} entries. */
  List<Line> find(Search search);
}
