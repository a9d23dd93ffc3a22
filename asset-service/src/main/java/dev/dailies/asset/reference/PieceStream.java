package dev.dailies.asset.reference;

import dev.dailies.vault.AssetVault;
import dev.dailies.vault.ObjectKey;
import dev.dailies.vault.VaultObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pieces of an upload as one: each is opened when the one before it has been read. */
final class PieceStream extends InputStream {
  private final AssetVault vault;
  private final Iterator<String> keys;
  private @Nullable VaultObject open;

  PieceStream(AssetVault vault, List<String> keys) {
    this.vault = vault;
    this.keys = keys.iterator();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int from, int length) throws IOException {
    while (open != null || keys.hasNext()) {
      VaultObject piece = open == null ? vault.open(new ObjectKey(keys.next())) : open;
      open = piece;
      int got = piece.stream().read(buffer, from, length);
      if (got >= 0) {
        return got;
      }
      close();
    }
    return -1;
  }

  /** Those that were not begun are not opened for it. */
  @Override
  public void close() {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
