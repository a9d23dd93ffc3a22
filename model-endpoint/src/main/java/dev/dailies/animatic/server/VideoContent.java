package dev.dailies.animatic.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A file, and behind it as many bytes as are missing to a size: an MP4 {@code free} box of zeros,
 * which players skip. So a playable gibibyte costs neither disk nor rendering.
 */
final class VideoContent implements AutoCloseable {
  private static final int BOX_HEADER = 16;
  private static final int CHUNK = 64 * 1024;

  private final RandomAccessFile file;
  private final long fileSize;
  private final long size;
  private final byte[] header;

  private VideoContent(RandomAccessFile file, long size) throws IOException {
    this.file = file;
    this.fileSize = file.length();
    this.size = size >= fileSize + BOX_HEADER ? size : fileSize;
    // ISO 14496-12, 4.2: a 32-bit size of 1 says that a 64-bit one follows.
    this.header =
        ByteBuffer.allocate(BOX_HEADER)
            .putInt(1)
            .put("free".getBytes(StandardCharsets.US_ASCII))
            .putLong(this.size - fileSize)
            .array();
  }

  /** The file as it is. */
  static VideoContent of(Path path) throws IOException {
    return new VideoContent(new RandomAccessFile(path.toFile(), "r"), 0);
  }

  /** The file, grown to the size if it is smaller. */
  static VideoContent grown(Path path, long size) throws IOException {
    return new VideoContent(new RandomAccessFile(path.toFile(), "r"), size);
  }

  long size() {
    return size;
  }

  /** Writes the bytes from one to another, both included. */
  void write(OutputStream out, long from, long to) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long position = from;
    while (position <= to) {
      int wanted = (int) Math.min(CHUNK, to - position + 1);
      int n = fill(chunk, position, wanted);
      out.write(chunk, 0, n);
      position += n;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private int fill(byte[] chunk, long position, int wanted) throws IOException {
    if (position < fileSize) {
      file.seek(position);
      int n = (int) Math.min(wanted, fileSize - position);
      file.readFully(chunk, 0, n);
      return n;
    }
    for (int i = 0; i < wanted; i++) {
      long inBox = position + i - fileSize;
      chunk[i] = inBox < BOX_HEADER ? header[(int) inBox] : 0;
    }
    return wanted;
  }
}
