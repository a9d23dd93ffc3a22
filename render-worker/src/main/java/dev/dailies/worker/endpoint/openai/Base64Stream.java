package dev.dailies.worker.endpoint.openai;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;

/** Base64 of another stream, on one line; the JDK encodes only while writing. */
final class Base64Stream extends FilterInputStream {
  // Whole groups of three, so that only the last piece is padded.
  private static final int PIECE = 3 * 16 * 1024;

  private byte[] encoded = new byte[0];
  private int given;

  Base64Stream(InputStream in) {
    super(in);
  }

  /** How long the base64 of so many bytes is. */
  static long length(long bytes) {
    return (bytes + 2) / 3 * 4;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (given == encoded.length) {
      encoded = Base64.getEncoder().encode(in.readNBytes(PIECE));
      given = 0;
      if (encoded.length == 0) {
        return -1;
      }
    }
    int n = Math.min(length, encoded.length - given);
    System.arraycopy(encoded, given, buffer, offset, n);
    given += n;
    return n;
  }
}
