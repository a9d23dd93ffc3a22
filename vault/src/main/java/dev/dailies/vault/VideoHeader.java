package dev.dailies.vault;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * What an MP4 says of itself: how long it is and of which size. Nothing is decoded and the media
 * are passed over, so it is a claim; whoever needs the truth probes the file.
 *
 * <p>Source: ISO/IEC 14496-12, the boxes {@code mvhd} and {@code tkhd}.
 *
 * @param length of the longest track
 * @param width in pixels, of the first track that is seen
 * @param height in pixels
 */
public record VideoHeader(Duration length, int width, int height) {
  private static final int LARGEST_INDEX = 16 << 20;
  private static final int MOST_BOXES = 1_000;
  private static final int SIDE_BYTES = 4;

  /** Empty if there is no such header, or it makes no sense. */
  public static Optional<VideoHeader> of(InputStream content) throws IOException {
    try {
      for (int boxes = 0; boxes < MOST_BOXES; boxes++) {
        byte[] start = content.readNBytes(8);
        if (start.length < 8) {
          return Optional.empty();
        }
        ByteBuffer head = ByteBuffer.wrap(start);
        long size = Integer.toUnsignedLong(head.getInt());
        String type = new String(start, 4, 4, StandardCharsets.ISO_8859_1);
        long left = size == 1 ? ByteBuffer.wrap(content.readNBytes(8)).getLong() - 16 : size - 8;
        if (left < 0 || (type.equals("moov") && left > LARGEST_INDEX)) {
          return Optional.empty();
        }
        if (type.equals("moov")) {
          return read(ByteBuffer.wrap(content.readNBytes((int) left)));
        }
        content.skipNBytes(left);
      }
      return Optional.empty();
    } catch (EOFException | RuntimeException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<VideoHeader> read(ByteBuffer movie) {
    Optional<Duration> length = box(movie, "mvhd").map(VideoHeader::length);
    while (length.isPresent()) {
      Optional<ByteBuffer> track = box(movie, "trak");
      if (track.isEmpty()) {
        return Optional.empty();
      }
      Optional<ByteBuffer> seen = box(track.get(), "tkhd").filter(header -> width(header) > 0);
      if (seen.isPresent()) {
        return Optional.of(new VideoHeader(length.get(), width(seen.get()), height(seen.get())))
            .filter(header -> header.length.isPositive() && header.height > 0);
      }
    }
    return Optional.empty();
  }

  /** The next box of that type; the buffer then stands behind it. */
  private static Optional<ByteBuffer> box(ByteBuffer in, String type) {
    while (in.remaining() >= 8) {
      int start = in.position();
      int size = in.getInt();
      byte[] name = new byte[4];
      in.get(name);
      ByteBuffer content = in.slice(start + 8, size - 8);
      in.position(start + size);
      if (new String(name, StandardCharsets.ISO_8859_1).equals(type)) {
        return Optional.of(content);
      }
    }
    return Optional.empty();
  }

  private static Duration length(ByteBuffer header) {
    boolean wide = header.get(0) == 1;
    long scale = Integer.toUnsignedLong(header.getInt(wide ? 20 : 12));
    long units = wide ? header.getLong(24) : Integer.toUnsignedLong(header.getInt(16));
    return Duration.ofMillis(Math.multiplyExact(units, 1_000L) / scale);
  }

  /** 16.16 fixed-point numbers, the last two of the box. */
  private static int width(ByteBuffer header) {
    return header.getInt(header.limit() - 2 * SIDE_BYTES) >>> 16;
  }

  private static int height(ByteBuffer header) {
    return header.getInt(header.limit() - SIDE_BYTES) >>> 16;
  }
}
