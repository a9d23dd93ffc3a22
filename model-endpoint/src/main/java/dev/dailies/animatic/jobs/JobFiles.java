package dev.dailies.animatic.jobs;

import java.nio.file.Path;

/** The files of one job. */
public record JobFiles(Path home) {
  /** The finished clip. */
  public Path video() {
    return home.resolve("video.mp4");
  }

  /** The clip while it is rendered. */
  Path unfinished() {
    return home.resolve("unfinished.mp4");
  }

  /** The picture that came with the request. */
  public Path still() {
    return home.resolve("still");
  }

  /** The clip that is edited or extended, until that is done. */
  Path footage() {
    return home.resolve("footage.mp4");
  }

  /** One frame, made when first asked for. */
  public Path thumbnail() {
    return home.resolve("thumbnail.webp");
  }

  /** Ten frames, made when first asked for. */
  public Path spriteSheet() {
    return home.resolve("spritesheet.jpg");
  }
}
