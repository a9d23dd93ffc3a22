package dev.dailies.review.moderation;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import javax.imageio.ImageIO;

/**
 * One picture of a clip, decoded.
 *
 * @param at where in the clip, as far as the sampling can tell
 * @param width in pixels
 * @param height in pixels
 * @param rgb three bytes a pixel, row by row from the top; not to be written to
 */
public record Frame(Duration at, int width, int height, byte[] rgb) {
  private static final int HASH_WIDTH = 9;
  private static final int HASH_HEIGHT = 8;

  public Frame {
    if (width < 1 || height < 1 || rgb.length != width * height * 3) {
      throw new IllegalArgumentException(
          "%d bytes are no RGB picture of %d by %d".formatted(rgb.length, width, height));
    }
  }

  /** One channel of a pixel, 0 to 255; 0 is red, 1 green, 2 blue. */
  public int channel(int x, int y, int channel) {
    return rgb[(y * width + x) * 3 + channel] & 0xff;
  }

  /** Brightness of a pixel, 0 to 255 (Rec. 709 weights). */
  public double luma(int x, int y) {
    return 0.2126 * channel(x, y, 0) + 0.7152 * channel(x, y, 1) + 0.0722 * channel(x, y, 2);
  }

  /** What is seen without looking closely. */
  public Perception perceive() {
    double sum = 0;
    double squares = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double luma = luma(x, y);
        sum += luma;
        squares += luma * luma;
      }
    }
    double pixels = (double) width * height;
    double mean = sum / pixels;
    double variance = Math.max(0, squares / pixels - mean * mean);
    return new Perception(mean / 255, Math.sqrt(variance) / 255, differenceHash());
  }

  private long differenceHash() {
    long hash = 0;
    for (int row = 0; row < HASH_HEIGHT; row++) {
      int y = (2 * row + 1) * height / (2 * HASH_HEIGHT);
      for (int column = 0; column < HASH_WIDTH - 1; column++) {
        int left = (2 * column + 1) * width / (2 * HASH_WIDTH);
        int right = (2 * column + 3) * width / (2 * HASH_WIDTH);
        hash = hash << 1 | (luma(left, y) > luma(right, y) ? 1 : 0);
      }
    }
    return hash;
  }

  /** The picture as a JPEG file. */
  public byte[] jpeg() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        row[x] = channel(x, y, 0) << 16 | channel(x, y, 1) << 8 | channel(x, y, 2);
      }
      image.setRGB(0, y, width, 1, row, 0, width);
    }
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      if (!ImageIO.write(image, "jpeg", out)) {
        throw new IllegalStateException("this Java runtime writes no JPEG");
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What is seen without looking closely.
   *
   * @param brightness mean, 0 black to 1 white
   * @param contrast standard deviation of the brightness, 0 to 0.5
   * @param hash 64 bits that differ little between pictures that look alike (difference hash)
   */
  public record Perception(double brightness, double contrast, long hash) {}
}
