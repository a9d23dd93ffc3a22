package dev.dailies.review;

import dev.dailies.contracts.Checkpoint;

/**
 * The named steps of this service that lie between two durable writes. A kill test arms each one in
 * turn and kills the process there; whatever was begun must then be finished by the next process.
 */
public enum ReviewSteps {
  /** The lease on a moderation task is committed; nothing has been judged. */
  TASK_CLAIMED("review.task-claimed"),
  /** The asset was judged; neither decision nor event is written. */
  JUDGED_BEFORE_COMMIT("review.judged-before-commit"),
  /** Decision, end of the task and outbox row are committed; the event may not have left. */
  DECIDED_COMMITTED("review.decided-committed");

  private final String step;

  ReviewSteps(String step) {
    this.step = step;
  }

  /** The name under which the step is armed. */
  public String step() {
    return step;
  }

  /** Says that the calling thread stands at this step. */
  public void reach() {
    Checkpoint.reach(step);
  }
}
