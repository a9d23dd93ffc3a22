package dev.dailies.worker.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * A result that is being read.
 *
 * @param content throws {@link IOException} when the server breaks off or falls silent
 * @param length in bytes, where told
 */
public record Media(InputStream content, String contentType, OptionalLong length)
    implements AutoCloseable {
  @Override
  public void close() throws IOException {
    content.close();
  }
}
