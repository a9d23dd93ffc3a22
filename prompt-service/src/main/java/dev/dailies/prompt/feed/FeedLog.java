package dev.dailies.prompt.feed;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import java.time.Duration;
import java.util.List;

/** The entries of all workspaces, in order, as far back as they are kept. */
interface FeedLog {
  /**
   * How far the entries of a workspace reach.
   *
   * @param oldest place of the oldest that is kept; one beyond the newest where none is
   * @param newest place of the newest; 0 where there never was one
   */
  record Reach(long oldest, long newest) {}

  /**
   * Some entries of a workspace.
   *
   * @param upTo every entry that was wanted up to this place is among these or those before
   */
  record Page(List<FeedEntry> entries, long upTo) {}

  /**
   * Puts what was written into order, unless another process is doing so.
   *
   * @return how many; at most so many
   */
  int sequence(int most);

  /** The position of the newest entry; 0 before the first. */
  long position();

  /** The entries of all workspaces behind a position, the oldest first. */
  List<FeedEntry> after(long position, int most);

  Reach reach(WorkspaceId workspace);

  /** The entries of a workspace behind one place, up to another; a part of them where many are. */
  Page page(WorkspaceId workspace, FeedFilter filter, long after, long upTo);

  /** Whether the workspace has that generation. */
  boolean knows(WorkspaceId workspace, GenerationId generation);

  /** Removes some of what is older; how many. */
  int expire(Duration older, int most);
}
