package dev.dailies.asset.preview;

/** A size in even numbers, which is what encoders take. */
record Scale(int width, int height) {
  /** The largest size of that shape within a box; never larger than the original. */
  static Scale within(int width, int height, int mostWidth, int mostHeight) {
    double factor = Math.min(1, Math.min((double) mostWidth / width, (double) mostHeight / height));
    return new Scale(even(width * factor), even(height * factor));
  }

  /** The size of that shape whose shorter side is at most so long. */
  static Scale shorterSide(int width, int height, int most) {
    return width >= height
        ? within(width, height, Integer.MAX_VALUE, most)
        : within(width, height, most, Integer.MAX_VALUE);
  }

  private static int even(double side) {
    return Math.max(2, 2 * (int) Math.round(side / 2));
  }

  String filter() {
    return "scale=%d:%d".formatted(width, height);
  }
}
