package dev.dailies.animatic;

import dev.dailies.contracts.Checkpoint;

/** The named steps between two durable writes, at which a test may kill the endpoint. */
public enum AnimaticStep {
  /** The paid accept is in the journal; the client has no answer yet. */
  ACCEPTED_BEFORE_ANSWER("animatic.accepted-before-answer"),
  /** The clip is rendered; nothing says so yet. */
  RENDERED_BEFORE_STORED("animatic.rendered-before-stored");

  private final String step;

  AnimaticStep(String step) {
    this.step = step;
  }

  /** The step's name, as a test arms it. */
  public String step() {
    return step;
  }

  /** Says that the calling thread stands here. */
  public void reach() {
    Checkpoint.reach(step);
  }
}
