package dev.dailies.asset.provenance;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The outermost boxes of an MP4, walked from head to head. Source: ISO/IEC 14496-12, 4.2.
 *
 * @param closed whether every box has a length, and together they fill the file
 * @param endsWithXmp whether the last box is a {@code uuid} box that holds XMP
 */
record Mp4Boxes(boolean closed, boolean endsWithXmp) {
  private static final int HEADER = 8;
  private static final int LONG_HEADER = 16;
  private static final int MOST_BOXES = 100_000;

  static Mp4Boxes of(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long end = file.length();
      long at = 0;
      boolean xmp = false;
      for (int box = 0; at < end && box < MOST_BOXES; box++) {
        file.seek(at);
        long size = Integer.toUnsignedLong(file.readInt());
        byte[] type = new byte[4];
        file.readFully(type);
        boolean isLong = size == 1;
        size = isLong ? file.readLong() : size;
        if (size < (isLong ? LONG_HEADER : HEADER)) {
          // 0: to the end of the file; else nonsense.
          return new Mp4Boxes(false, false);
        }
        xmp = isUuid(type) && size > HEADER + XmpLabeller.XMP_UUID.length && readsXmpUuid(file);
        at += size;
      }
      return new Mp4Boxes(at == end && end > 0, at == end && xmp);
    } catch (EOFException e) {
      return new Mp4Boxes(false, false);
    }
  }

  private static boolean isUuid(byte[] type) {
    return new String(type, StandardCharsets.US_ASCII).equals("uuid");
  }

  private static boolean readsXmpUuid(RandomAccessFile file) throws IOException {
    byte[] uuid = new byte[XmpLabeller.XMP_UUID.length];
    file.readFully(uuid);
    return Arrays.equals(uuid, XmpLabeller.XMP_UUID);
  }
}
