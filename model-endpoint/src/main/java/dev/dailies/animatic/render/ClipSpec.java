package dev.dailies.animatic.render;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A clip to be rendered, everything decided: the same specification gives the same bytes.
 *
 * @param width in pixels, even
 * @param height in pixels, even
 * @param rate frames per second
 * @param frames how many there are; the length is exactly {@code frames/rate}
 * @param seed varies colours, motion and melody
 * @param prompt what the caption says and colours are derived from
 * @param still the picture it starts with, instead of a drawn scene
 * @param footage the clip that it shows, instead of a drawn scene
 */
public record ClipSpec(
    int width,
    int height,
    int rate,
    int frames,
    long seed,
    String prompt,
    Picture picture,
    Sound sound,
    Optional<Path> still,
    Optional<Footage> footage) {

  public ClipSpec {
    if (width < 16 || height < 16 || width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException("a clip's sides are even: " + width + "x" + height);
    }
    if (rate < 1 || frames < 1) {
      throw new IllegalArgumentException("a clip has frames");
    }
  }

  /** A clip that shows no other one. */
  public ClipSpec(
      int width,
      int height,
      int rate,
      int frames,
      long seed,
      String prompt,
      Picture picture,
      Sound sound,
      Optional<Path> still) {
    this(width, height, rate, frames, seed, prompt, picture, sound, still, Optional.empty());
  }

  /** Its length in seconds, as a plain number. */
  public String seconds() {
    return seconds(frames);
  }

  /** So many of its frames in seconds, as a plain number. */
  String seconds(int some) {
    return BigDecimal.valueOf(some)
        .divide(BigDecimal.valueOf(rate), MathContext.DECIMAL64)
        .toPlainString();
  }
}
