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

  /**
   * An entry with what was noted beside it.
   *
   * @param keyPrefix of the key with which its actor came, as it was then
   * @param traceId of the request, or of the work, that made the change
   */
  record Line(
      long id,
      Instant at,
      AuditEntry entry,
      Optional<String> keyPrefix,
      Optional<String> traceId) {}

  /** At most {@code limit} entries. */
  List<Line> find(Search search);
}
