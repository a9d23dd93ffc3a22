package dev.dailies.vault;

import dev.dailies.contracts.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/**
 * An object that is being read. Close it; a reader may stop early.
 *
 * <p>Reading from {@link #stream} throws {@link VaultUnavailable}, never an {@link IOException},
 * when the store breaks off. So whoever copies to a disk or a socket can tell the store's faults
 * from those of the other side.
 */
public final class VaultObject implements AutoCloseable {
  private final InputStream stream;
  private final long length;
  private final long size;
  private final String contentType;

  /**
   * @param stream the bytes
   * @param length how many bytes the stream gives
   * @param size length of the whole object in bytes
   * @param contentType media type
   */
  public VaultObject(InputStream stream, long length, long size, String contentType) {
    this.stream = stream;
    this.length = length;
    this.size = size;
    this.contentType = contentType;
  }

  /** The bytes; closed with this object. */
  public InputStream stream() {
    return stream;
  }

  /** How many bytes the stream gives. */
  public long length() {
    return length;
  }

  /** Length of the whole object in bytes; more than {@link #length} for a range. */
  public long size() {
    return size;
  }

  public String contentType() {
    return contentType;
  }

  /**
   * Writes all that the stream gives to a file, over what stood there.
   *
   * @return SHA-256 of it, lower-case hexadecimal
   */
  public String saveTo(Path file) throws IOException {
    MessageDigest digest = Sha256.begin();
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      stream.transferTo(out);
    }
    return Sha256.hex(digest);
  }

  @Override
  public void close() {
    try {
      stream.close();
    } catch (IOException | VaultUnavailable ignored) {
      // The reader has what it wanted; a connection that breaks while being closed is closed.
    }
  }
}
