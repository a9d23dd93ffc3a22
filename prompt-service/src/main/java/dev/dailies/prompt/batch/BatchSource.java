package dev.dailies.prompt.batch;

import java.io.IOException;
import java.util.Optional;

/** The lines of a batch, read as they come. */
interface BatchSource {
  /** Most bytes, or characters of CSV, of one item. */
  int LARGEST_ITEM = 64 * 1024;

  /** A line that is longer than this is not looked for the end of. */
  int LONGEST_LINE = 1024 * 1024;

  /** The next line, waiting for it; empty at the end. */
  Optional<BatchLine> next() throws IOException;

  /** Whether a further line is probably here already: else answers should not wait for it. */
  boolean more() throws IOException;
}
