package dev.dailies.review.moderation;

/**
 * Recognises a test card in a picture: the seven vertical 75 % colour bars (grey, yellow, cyan,
 * green, magenta, red, blue), each over the full height.
 *
 * <p>Only the inner part of each bar is looked at, since scaling and H.264 smear the edges, and
 * each sample may differ by as much as a wrong colour matrix or coarse quantisation makes it.
 *
 * <p>Source: the bars' values of SMPTE EG 1 at 75 %, eight bits, full range.
 */
final class TestCard {
  private static final int LEVEL = 191;
  private static final int[][] BARS = {
    {LEVEL, LEVEL, LEVEL},
    {LEVEL, LEVEL, 0},
    {0, LEVEL, LEVEL},
    {0, LEVEL, 0},
    {LEVEL, 0, LEVEL},
    {LEVEL, 0, 0},
    {0, 0, LEVEL}
  };
  private static final int ROWS = 24;
  private static final int COLUMNS = 5;
  private static final int TOLERANCE = 56;

  private TestCard() {}

  /** How much of the weakest bar is as the card has it: 0 nothing, 1 the card and nothing else. */
  static double likeness(Frame frame) {
    double least = 1;
    for (int bar = 0; bar < BARS.length && least > 0; bar++) {
      least = Math.min(least, likeness(frame, bar));
    }
    return least;
  }

  private static double likeness(Frame frame, int bar) {
    int alike = 0;
    for (int row = 0; row < ROWS; row++) {
      int y = (2 * row + 1) * frame.height() / (2 * ROWS);
      for (int column = 0; column < COLUMNS; column++) {
        double inside = 0.2 + 0.6 * (column + 0.5) / COLUMNS;
        int x = (int) ((bar + inside) * frame.width() / BARS.length);
        if (alike(frame, x, y, BARS[bar])) {
          alike++;
        }
      }
    }
    return (double) alike / (ROWS * COLUMNS);
  }

  private static boolean alike(Frame frame, int x, int y, int[] colour) {
    for (int channel = 0; channel < colour.length; channel++) {
      if (Math.abs(frame.channel(x, y, channel) - colour[channel]) > TOLERANCE) {
        return false;
      }
    }
    return true;
  }
}
