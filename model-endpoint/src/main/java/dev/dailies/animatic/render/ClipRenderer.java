package dev.dailies.animatic.render;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/** Makes clips and the pictures derived from them. */
public interface ClipRenderer {
  /**
   * Renders the clip into a file.
   *
   * @param framesDone told now and then how many frames are ready
   * @throws InterruptedException when the thread was interrupted; nothing runs on after that
   */
  RenderOutcome render(ClipSpec spec, Path target, IntConsumer framesDone)
      throws IOException, InterruptedException;

  /** One frame of the clip's middle, WebP. */
  RenderOutcome thumbnail(Path clip, Path target) throws IOException, InterruptedException;

  /** Ten frames in two rows of five, JPEG. */
  RenderOutcome spriteSheet(Path clip, Path target) throws IOException, InterruptedException;
}
