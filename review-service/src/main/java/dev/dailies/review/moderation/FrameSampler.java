package dev.dailies.review.moderation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Takes pictures and sound out of a clip. */
interface FrameSampler {
  /**
   * Looks once through a clip.
   *
   * @param clip a local file; hostile until shown otherwise
   * @param length as far as it is known; zero if it is not
   * @param frames how many pictures are wanted, evenly over the length
   * @param withSound whether there should be sound
   * @param scratch a folder that outlives what is returned
   */
  Sampling sample(Path clip, Duration length, int frames, boolean withSound, Path scratch)
      throws InterruptedException;

  /** What became of it. */
  sealed interface Sampling {
    /** At least one picture, and the sound if there is any. */
    record Sampled(List<Frame> frames, Optional<Soundtrack> sound) implements Sampling {}

    /** No media that can be decoded; trying again gives the same. */
    record Unreadable(String why) implements Sampling {}

    /** It took too long, or the machine refused; trying again may help. */
    record Failed(String why) implements Sampling {}
  }
}
