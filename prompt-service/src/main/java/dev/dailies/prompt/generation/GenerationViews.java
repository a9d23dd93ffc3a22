package dev.dailies.prompt.generation;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import java.util.List;
import java.util.Optional;

/** Reads generations for people and clients; never across workspaces. */
public interface GenerationViews {
  /** In which direction a list runs, by time of birth. */
  enum Order {
    ASC,
    DESC
  }

  /** One, if it is in this workspace. */
  Optional<VideoFacts> video(WorkspaceId workspace, GenerationId id);

  /** Some, from behind {@code after} on. */
  List<VideoFacts> videos(
      WorkspaceId workspace, Optional<GenerationId> after, Order order, int limit);

  /** Everything about one, if it is in this workspace. */
  Optional<GenerationDetail> detail(WorkspaceId workspace, GenerationId id);
}
