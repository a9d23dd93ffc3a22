package dev.dailies.asset.delivery;

import dev.dailies.asset.delivery.ContentLibrary.Content;
import dev.dailies.vault.AssetVault;
import dev.dailies.vault.ObjectMissing;
import dev.dailies.vault.VaultObject;
import dev.dailies.vault.VaultUnavailable;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;

/**
 * Sends a content from the store to a client, a buffer at a time, and looks again every few seconds
 * whether the client may still have it.
 */
final class HttpContentStream {
  private static final int BUFFER = 64 * 1024;

  private final AssetVault vault;
  private final ContentLibrary library;
  private final Duration recheck;

  HttpContentStream(AssetVault vault, ContentLibrary library, Duration recheck) {
    this.vault = vault;
    this.library = library;
    this.recheck = recheck;
  }

  /** Opens what is asked for; nothing has been answered yet. */
  VaultObject open(Content content, ByteRange range) {
    try {
      return range instanceof ByteRange.Part part
          ? vault.open(content.key(), part.from(), part.to())
          : vault.open(content.key());
    } catch (ObjectMissing e) {
      // The database says that it is there: a store that lost it is a store that is not in order.
      throw new VaultUnavailable("the store does not have " + content.key(), e);
    }
  }

  /** Status, length and type of the answer. */
  static void announce(Content content, ByteRange range, HttpServletResponse response) {
    response.setContentType(content.contentType());
    if (range instanceof ByteRange.Part part) {
      response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
      response.setHeader(HttpHeaders.CONTENT_RANGE, part.header(content.size()));
      response.setContentLengthLong(part.length());
    } else {
      response.setContentLengthLong(content.size());
    }
  }

  /**
   * Sends the bytes.
   *
   * @param stillWelcome whether the caller's key is still good
   * @throws ContentCutOff if the right to see it ended on the way
   */
  void send(Content content, VaultObject object, OutputStream out, BooleanSupplier stillWelcome)
      throws IOException {
    InputStream in = object.stream();
    byte[] buffer = new byte[BUFFER];
    long checked = System.nanoTime();
    int read;
    while ((read = in.read(buffer)) >= 0) {
      out.write(buffer, 0, read);
      if (System.nanoTime() - checked >= recheck.toNanos()) {
        requireRight(content, stillWelcome);
        checked = System.nanoTime();
      }
    }
  }

  private void requireRight(Content content, BooleanSupplier stillWelcome) throws ContentCutOff {
    if (!stillWelcome.getAsBoolean()) {
      throw new ContentCutOff("the key is no longer good");
    }
    try {
      if (!library.viewable(content.asset())) {
        throw new ContentCutOff("the asset may no longer be seen");
      }
    } catch (DataAccessException e) {
      // Not knowing is not a right.
      throw new ContentCutOff("it can't be told whether the asset may still be seen", e);
    }
  }
}
