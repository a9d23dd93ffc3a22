package dev.dailies.vault;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * What an image says of itself in its first bytes. Nothing is decoded, so that an image of a few
 * kilobytes that unpacks to gigabytes costs nothing.
 */
record ImageHeader(int width, int height) {
  private static final int LARGEST_SIDE = 8192;
  private static final long MOST_PIXELS = 40_000_000;

  /** Empty if no reader makes sense of it. */
  static Optional<ImageHeader> of(byte[] start) {
    return ofFirst(start).map(frame -> frame.within(start));
  }

  /**
   * A GIF says the size of its canvas and that of each frame. Decoders allot the canvas, the reader
   * tells the frame: the larger counts.
   */
  private ImageHeader within(byte[] start) {
    if (start[0] != 'G') {
      return this;
    }
    ByteBuffer canvas = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
    return new ImageHeader(
        Math.max(width, canvas.getShort(6) & 0xffff),
        Math.max(height, canvas.getShort(8) & 0xffff));
  }

  private static Optional<ImageHeader> ofFirst(byte[] start) {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(start))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return Optional.of(new ImageHeader(reader.getWidth(0), reader.getHeight(0)));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException malformed) {
      return Optional.empty();
    }
  }

  boolean bearable() {
    return width > 0
        && height > 0
        && Math.max(width, height) <= LARGEST_SIDE
        && (long) width * height <= MOST_PIXELS;
  }
}
