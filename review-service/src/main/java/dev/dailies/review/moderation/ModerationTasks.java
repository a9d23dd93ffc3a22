package dev.dailies.review.moderation;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The work of automatic moderation: one task per asset, claimed under a lease with a fencing token,
 * by the database's clock. Whoever dies leaves the task to the next once the lease has lapsed.
 */
public interface ModerationTasks {
  /** Requests that an asset be judged; requesting it again changes nothing. */
  void request(String asset, String workspace, String generation, Optional<String> cause);

  /** The text of a generation is there: tasks that waited for it are due. */
  void textArrived(String generation);

  /** Claims due tasks. */
  List<ClaimedTask> claim(int most, Duration lease);

  /** Extends leases that are still held. */
  void renew(Collection<UUID> leases, Duration lease);

  /** Gives a task back until later; nothing if the lease was lost. */
  void defer(ClaimedTask task, NextStep.Reason reason, Duration delay);

  /** Ends a task that has nothing left to judge. */
  void drop(ClaimedTask task);

  /**
   * Ends a task with a decision, in one transaction with its event.
   *
   * @return false if the lease was lost, or a person was first: then nothing was decided
   */
  boolean decide(ClaimedTask task, Verdict verdict);

  /** Backlog, for the meters. */
  Backlog backlog();

  /**
   * What waits.
   *
   * @param waiting tasks without a decision
   * @param oldest age of the oldest
   * @param held assets that wait for a moderator
   */
  record Backlog(long waiting, Duration oldest, long held) {}
}
