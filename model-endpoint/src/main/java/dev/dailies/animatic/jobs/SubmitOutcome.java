package dev.dailies.animatic.jobs;

import java.time.Duration;

/** What became of a submit. */
public sealed interface SubmitOutcome {
  /** It is in the journal, and will be worked on. */
  record Accepted(Job job) implements SubmitOutcome {}

  /** Too many wait already; nothing was accepted. */
  record Full(Duration retryAfter) implements SubmitOutcome {}
}
