package dev.dailies.prompt.generation;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import java.util.List;
import java.util.Optional;

/** Finds the generations of a shot, a brief or a project. */
interface GenerationGroups {
  /** What holds them together. */
  enum Kind {
    SHOT,
    BRIEF,
    PROJECT
  }

  /** One such group; only what was accepted up to the horizon. */
  record Group(WorkspaceId workspace, Kind kind, String id, long horizon) {}

  /** The group as it is now: what is accepted later does not belong to it. */
  Group now(WorkspaceId workspace, Kind kind, String id);

  /** How many of it have ended. */
  long ended(Group group);

  /** How many of it nobody has asked to end yet. */
  long untouched(Group group);

  /** Some that have not ended, in order of their ids. */
  List<GenerationId> unfinished(Group group, Optional<GenerationId> after, int limit);
}
