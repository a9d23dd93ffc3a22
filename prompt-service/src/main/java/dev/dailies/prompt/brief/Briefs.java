package dev.dailies.prompt.brief;

import dev.dailies.contracts.BriefId;
import dev.dailies.contracts.ProjectId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.prompt.library.Edit;
import dev.dailies.prompt.library.Edited;
import dev.dailies.prompt.library.Slice;
import java.util.List;
import java.util.Optional;

/** Where briefs are kept; never across workspaces. */
public interface Briefs {
  /** A new one; unknown if its project is. */
  Edited<Brief> add(WorkspaceId workspace, ProjectId project, String title);

  /** One. */
  Optional<Brief> find(WorkspaceId workspace, BriefId id);

  /** Some, of one project or of all. */
  List<Brief> list(WorkspaceId workspace, Optional<ProjectId> project, Slice slice);

  /** Changes one. */
  Edited<Brief> edit(WorkspaceId workspace, BriefId id, Edit edit);
}
