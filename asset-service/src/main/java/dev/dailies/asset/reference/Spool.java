package dev.dailies.asset.reference;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.edge.RefusalException;
import dev.dailies.media.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes to disk what a client sends, so that one who is slow holds no heap. Space is reserved by
 * what has come and not by what was announced: who announces much and sends little takes little.
 */
final class Spool implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Spool.class);
  private static final int FIRST = 1 << 20;
  private static final int BUFFER = 64 << 10;

  /**
   * What has come.
   *
   * @param cut why no more could be read; what came before is there
   */
  record Filled(long bytes, Optional<IOException> cut) {}

  private final Scratch scratch;
  private final Deque<Scratch.Room> rooms = new ArrayDeque<>();
  private final Path file;
  private long reserved;

  Spool(Scratch scratch) {
    this.scratch = scratch;
    try {
      reserve(FIRST);
    } catch (IOException e) {
      throw full(e);
    }
    this.file = rooms.getFirst().folder().resolve("upload");
  }

  private void reserve(long more) throws IOException {
    rooms.addLast(scratch.reserve(more));
    reserved += more;
  }

  /** Reads so much at most, over what stood there. */
  Filled fill(InputStream content, long most) {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      long bytes = 0;
      while (bytes < most) {
        int got;
        try {
          got = content.read(buffer, 0, (int) Math.min(buffer.length, most - bytes));
        } catch (IOException cut) {
          return new Filled(bytes, Optional.of(cut));
        }
        if (got < 0) {
          break;
        }
        if (bytes + got > reserved) {
          reserve(reserved);
        }
        out.write(buffer, 0, got);
        bytes += got;
      }
      return new Filled(bytes, Optional.empty());
    } catch (IOException e) {
      throw full(e);
    }
  }

  /** What has come, from its beginning. */
  InputStream open() {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw full(e);
    }
  }

  private static RefusalException full(IOException e) {
    log.warn("An upload finds no place on the disk: {}", e.getMessage());
    return new RefusalException(
            ErrorCode.STORE_UNAVAILABLE, "There is no room for the upload now; try again.")
        .header("Retry-After", "5");
  }

  @Override
  public void close() {
    for (Scratch.Room room : rooms) {
      try {
        room.close();
      } catch (IOException e) {
        log.warn("A folder of an upload stays until the process ends: {}", e.getMessage());
      }
    }
  }
}
