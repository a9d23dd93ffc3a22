package dev.dailies.vault;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes from the store; what breaks off says whose fault it is. */
final class StoreStream extends FilterInputStream {
  StoreStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() {
    try {
      return super.read();
    } catch (IOException e) {
      throw brokenOff(e);
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    try {
      return super.read(bytes, offset, length);
    } catch (IOException e) {
      throw brokenOff(e);
    }
  }

  @Override
  public long skip(long count) {
    try {
      return super.skip(count);
    } catch (IOException e) {
      throw brokenOff(e);
    }
  }

  private static VaultUnavailable brokenOff(IOException e) {
    return new VaultUnavailable("the store broke off while an object was read", e);
  }
}
