package dev.dailies.asset.provenance;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Marks files as made by AI, in a way that machines read (EU AI Act, article 50).
 *
 * <p>The order in which a file is finished: a visible label is burned in, the file is muxed, this
 * marking is added, and a signature comes last of all.
 */
public interface Labeller {
  /** Adds the marking to an MP4, which stays playable while it is still being fetched. */
  void labelMp4(Path file, Provenance provenance) throws IOException;

  /** Adds the marking to a JPEG. */
  void labelJpeg(Path file, Provenance provenance) throws IOException;
}
