package dev.dailies.prompt.generation;

import dev.dailies.vault.VideoHeader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Bytes that came with a request. They can be read more than once: the request is judged whole
 * before any of them go to the store.
 *
 * @param contentType what the client says they are
 * @param size how many they are
 * @param sha256 of the bytes
 * @param film what they say of themselves; empty for a picture
 */
public record Upload(
    String contentType, long size, String sha256, Content content, Optional<VideoHeader> film) {
  /** Opens them from the start. */
  @FunctionalInterface
  public interface Content {
    InputStream open() throws IOException;
  }
}
