package dev.dailies.media;

import java.time.Duration;

/** How a run of ffmpeg ended. */
public sealed interface FfmpegResult {
  /** It did what was asked. */
  record Done(Duration elapsed) implements FfmpegResult {}

  /** It gave up by itself: the exit code, and the end of what it said. */
  record Failed(int exit, String tail) implements FfmpegResult {}

  /** It was killed because its wall-clock limit had passed. */
  record TimedOut(Duration limit, String tail) implements FfmpegResult {}

  /** It was killed because the caller wanted no more of it. */
  record Cancelled() implements FfmpegResult {}

  /** Whether it did what was asked. */
  default boolean done() {
    return this instanceof Done;
  }
}
