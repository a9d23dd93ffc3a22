package dev.dailies.media;

/** What looking at a file told. */
public sealed interface ProbeOutcome {
  /** It is media. */
  record Probed(MediaProbe probe) implements ProbeOutcome {}

  /** It is not media that we take: garbage, cut off, a playlist, too slow to look at. */
  record Unreadable(String why) implements ProbeOutcome {}
}
