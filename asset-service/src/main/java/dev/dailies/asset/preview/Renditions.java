package dev.dailies.asset.preview;

import dev.dailies.asset.quality.SignalReport;
import java.nio.file.Path;

/** What became of the attempt to make all forms of a video from its master. */
public sealed interface Renditions {
  /**
   * All were made.
   *
   * @param delivery MP4 with the streams of the master, for whoever may have the video
   * @param proxy MP4 of at most 360 lines, for looking at
   * @param poster one picture, JPEG
   * @param sprite many small pictures, JPEG
   * @param sheet geometry of the sprite
   * @param signals what the detectors said of picture and sound
   */
  record Made(
      Path delivery, Path proxy, Path poster, Path sprite, SpriteSheet sheet, SignalReport signals)
      implements Renditions {}

  /** The master can't be decoded. */
  record Undecodable(String why) implements Renditions {}
}
