package dev.dailies.prompt.brief;

import dev.dailies.contracts.BriefId;
import dev.dailies.contracts.ProjectId;
import dev.dailies.prompt.library.Filed;
import java.time.Instant;

/**
 * A batch of shots of one project.
 *
 * @param version counts up with each change
 * @param title unique among the project's briefs that are not archived
 * @param archived takes no new work
 */
public record Brief(
    BriefId id,
    ProjectId project,
    long version,
    String title,
    boolean archived,
    Instant createdAt,
    Instant changedAt)
    implements Filed {}
