package dev.dailies.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder that is kept between runs. One launcher owns it at a time: the lock is the system's,
 * so it ends with the process however that ends.
 */
final class DataFolder implements AutoCloseable {
  private static final int OWNER_BYTES = 200;

  private final Path folder;
  private final FileChannel channel;

  /**
   * Takes the folder.
   *
   * @throws LaunchFailure if another launcher has it
   */
  DataFolder(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(this.folder);
      channel =
          FileChannel.open(
              this.folder.resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new LaunchFailure(
          "the data folder %s can't be used: %s".formatted(this.folder, e.getMessage()), e);
    }
    if (lock() == null) {
      String owner = owner();
      closeChannel();
      throw new LaunchFailure(
          "the data folder %s is in use by another Dailies (%s); stop that one or choose another folder with --data"
              .formatted(this.folder, owner));
    }
    describe("process " + ProcessHandle.current().pid());
  }

  private @Nullable FileLock lock() {
    try {
      // One byte far behind the text, so that the text can be read by others where locks are
      // strict.
      return channel.tryLock(Long.MAX_VALUE - 1, 1, false);
    } catch (OverlappingFileLockException ours) {
      return null;
    } catch (IOException e) {
      throw new LaunchFailure("the data folder " + folder + " can't be locked", e);
    }
  }

  /** Leaves a word for whoever finds the folder taken. */
  void describe(String owner) {
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String owner() {
    ByteBuffer text = ByteBuffer.allocate(OWNER_BYTES);
    try {
      channel.read(text, 0);
    } catch (IOException unreadable) {
      return "its owner could not be read";
    }
    return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8);
  }

  Path path() {
    return folder;
  }

  /** A folder below, made if it is not there. */
  Path sub(String name) {
    try {
      return Files.createDirectories(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    closeChannel();
  }

  private void closeChannel() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
