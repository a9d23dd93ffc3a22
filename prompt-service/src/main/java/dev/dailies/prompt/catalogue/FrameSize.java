package dev.dailies.prompt.catalogue;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Width and height of a picture, in pixels; written {@code 1280x720}. */
public record FrameSize(int width, int height) {
  private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]{0,4})x([1-9][0-9]{0,4})");

  public FrameSize {
    if (width <= 0 || height <= 0) {
      throw new IllegalArgumentException("a picture has a width and a height");
    }
  }

  /** Reads {@code WIDTHxHEIGHT}; empty for anything else. */
  public static Optional<FrameSize> parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new FrameSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
