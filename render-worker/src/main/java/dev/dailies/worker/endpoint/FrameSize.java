package dev.dailies.worker.endpoint;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Width and height in pixels, written {@code 1280x720}. */
public record FrameSize(int width, int height) {
  private static final Pattern SHAPE = Pattern.compile("([0-9]{1,5})x([0-9]{1,5})");

  public FrameSize {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("a size has at least one pixel each way");
    }
  }

  public static FrameSize parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("a size is written 1280x720, not '" + text + "'");
    }
    return new FrameSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  boolean portrait() {
    return height > width;
  }

  long pixels() {
    return (long) width * height;
  }

  double aspect() {
    return (double) width / height;
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
