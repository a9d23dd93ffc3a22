package dev.dailies.prompt.library;

import dev.dailies.contracts.ProjectId;
import dev.dailies.contracts.WorkspaceId;
import java.util.List;
import java.util.Optional;

/** Where projects are kept; never across workspaces. */
public interface Projects {
  /** A new one. */
  Edited<Project> add(WorkspaceId workspace, String title);

  /** One. */
  Optional<Project> find(WorkspaceId workspace, ProjectId id);

  /** Some. */
  List<Project> list(WorkspaceId workspace, Slice slice);

  /** Changes one. */
  Edited<Project> edit(WorkspaceId workspace, ProjectId id, Edit edit);
}
