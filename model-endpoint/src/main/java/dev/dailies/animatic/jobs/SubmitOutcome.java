package dev.dailies.animatic.jobs;

import java.time.Duration;

/** What became of a submit. */
public sealed interface SubmitOutcome {
  /** It is in the journal, and will be worked on. */
  record Accepted(Job job) implements SubmitOutcome {}

  /** What it was to be made of has been deleted just now; nothing was accepted. */
  record SourceGone() implements SubmitOutcome {}

  /** Too many wait already; nothing was accepted. */
  record Full(Duration retryAfter) implements SubmitOutcome {}
}
