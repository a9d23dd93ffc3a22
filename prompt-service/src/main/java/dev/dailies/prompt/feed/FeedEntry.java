package dev.dailies.prompt.feed;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import java.util.Optional;

/**
 * One thing that watchers are told.
 *
 * @param position its place among all entries; known inside the service only
 * @param place its place in its workspace, from 1 without a gap: what watchers resume by
 * @param state the generation's, in lower case
 * @param type what happened, in snake case
 * @param data what is told, as JSON; made once for all watchers
 */
record FeedEntry(
    long position,
    WorkspaceId workspace,
    long place,
    GenerationId generation,
    String shot,
    Optional<String> project,
    Optional<String> brief,
    String state,
    String type,
    String data) {}
