package dev.dailies.prompt.library;

import dev.dailies.contracts.ProjectId;
import java.time.Instant;

/**
 * What work is filed under.
 *
 * @param version counts up with each change
 * @param title unique among the workspace's projects that are not archived
 * @param archived takes no new work
 */
public record Project(
    ProjectId id,
    long version,
    String title,
    boolean archived,
    Instant createdAt,
    Instant changedAt)
    implements Filed {}
