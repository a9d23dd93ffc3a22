package dev.dailies.prompt.library;

import dev.dailies.contracts.BriefId;
import dev.dailies.contracts.ProjectId;
import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.WorkspaceId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One wanted video, for which variations are generated. It never moves to another project or brief.
 *
 * @param version counts up with each change; selections and approvals name it
 * @param title for people; never leaves this service
 * @param briefRow the row of the brief that it came from
 * @param dimensions what tells it from its neighbours of the row: locale, format, channel
 * @param archived takes no new work
 */
public record Shot(
    ShotId id,
    WorkspaceId workspace,
    long version,
    Optional<String> title,
    Optional<ProjectId> project,
    Optional<BriefId> brief,
    Optional<String> briefRow,
    Map<String, String> dimensions,
    boolean archived,
    Instant createdAt,
    Instant changedAt)
    implements Filed {
  public Shot {
    dimensions = new TreeMap<>(dimensions);
  }
}
