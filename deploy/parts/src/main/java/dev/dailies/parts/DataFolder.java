package dev.dailies.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part's folder, owned by one JVM at a time.
 *
 * <p>The lock file belongs to the JVM that runs the part: the system lets it go when that JVM dies,
 * however it dies. So a process found in the pid file of an unlocked folder is a leftover, and is
 * ended before a new one starts on the same data.
 */
final class DataFolder implements AutoCloseable {

  private static final Duration LEFTOVER_GRACE = Duration.ofSeconds(5);

  private final Path root;
  private final FileChannel channel;
  private final FileLock lock;

  private DataFolder(Path root, FileChannel channel, FileLock lock) {
    this.root = root;
    this.channel = channel;
    this.lock = lock;
  }

  /** Creates the folder where it is missing, locks it, and ends what a killed JVM left running. */
  static DataFolder claim(Path root) {
    Path absolute = root.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute);
      FileChannel channel =
          FileChannel.open(
              absolute.resolve("in-use.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new PartFailed("the data folder " + absolute + " is in use by another process");
      }
      DataFolder folder = new DataFolder(absolute, channel, lock);
      folder.endLeftover();
      return folder;
    } catch (IOException failed) {
      throw new PartFailed("cannot use the data folder " + absolute, failed);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisJvm) {
      return null;
    }
  }

  Path root() {
    return root;
  }

  Path pidFile() {
    return root.resolve("process.pid");
  }

  Path folder(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void endLeftover() {
    Optional<ProcessHandle> leftover = leftover();
    if (leftover.isEmpty()) {
      return;
    }
    ProcessHandle process = leftover.get();
    process.destroy();
    if (!new Patience(LEFTOVER_GRACE).until(() -> !process.isAlive())) {
      TetheredProcess.killTree(process);
    }
  }

  private Optional<ProcessHandle> leftover() {
    return TetheredProcess.readPid(pidFile())
        .flatMap(ProcessHandle::of)
        .filter(ProcessHandle::isAlive)
        // The number may have been given to somebody else since.
        .filter(process -> process.info().commandLine().orElse("").contains(root.toString()));
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
