package dev.dailies.vault;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * One part of an upload in memory. It begins small and grows to the size of a part, so that many
 * small objects cost little; of a large one it holds a part at a time.
 */
final class PartBuffer {
  private static final int FIRST_CAPACITY = 64 * 1024;

  private final int partSize;
  private byte[] bytes;
  private int length;

  PartBuffer(int partSize) {
    this.partSize = partSize;
    this.bytes = new byte[Math.min(FIRST_CAPACITY, partSize)];
  }

  /**
   * Reads the next part and updates the digest of the whole.
   *
   * @return whether the part is full, so that more may follow
   */
  boolean fill(InputStream content, MessageDigest whole) {
    length = 0;
    try {
      while (length < partSize) {
        if (length == bytes.length) {
          bytes = Arrays.copyOf(bytes, (int) Math.min(partSize, 2L * bytes.length));
        }
        int read = content.read(bytes, length, bytes.length - length);
        if (read < 0) {
          break;
        }
        length += read;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the content to be stored can't be read", e);
    }
    whole.update(bytes, 0, length);
    return length == partSize;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }
}
