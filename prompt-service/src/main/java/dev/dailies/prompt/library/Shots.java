package dev.dailies.prompt.library;

import dev.dailies.contracts.BriefId;
import dev.dailies.contracts.ProjectId;
import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.WorkspaceId;
import java.util.List;
import java.util.Optional;

/** Where shots are kept; never across workspaces. Each change is published with it. */
public interface Shots {
  /** A new one, as a request would be given it; a shot in the wish is passed over. */
  Placement add(WorkspaceId workspace, Wish wish);

  /** One. */
  Optional<Shot> find(WorkspaceId workspace, ShotId id);

  /** Some, of a project or a brief or of all. */
  List<Shot> list(
      WorkspaceId workspace, Optional<ProjectId> project, Optional<BriefId> brief, Slice slice);

  /** Changes one. */
  Edited<Shot> edit(WorkspaceId workspace, ShotId id, ShotEdit edit);
}
