package dev.dailies.media;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Disk space for media in work. Each process has a folder of its own with a lock in it; at start,
 * folders whose owner has died are removed. Space is reserved before it is used, so that work waits
 * instead of filling the disk.
 */
public final class Scratch implements AutoCloseable {
  private static final String LOCK = ".lock";

  private final Path own;
  private final long reserve;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final AtomicLong promised = new AtomicLong();

  private Scratch(Path own, long reserve, FileChannel lockFile, FileLock lock) {
    this.own = own;
    this.reserve = reserve;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * Opens a folder of this process below the one given, and clears up after dead ones.
   *
   * @param reserve bytes to leave free on the disk
   */
  public static Scratch open(Path folder, long reserve) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> left = Files.list(folder)) {
      for (Path other : left.filter(Files::isDirectory).toList()) {
        removeIfAbandoned(other);
      }
    }
    // The lock comes first, so that a process that starts at the same time leaves the folder alone.
    Path own = folder.resolve(UUID.randomUUID().toString());
    Path lockPath = folder.resolve(own.getFileName() + LOCK);
    FileChannel channel =
        FileChannel.open(lockPath, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    FileLock lock = channel.lock();
    Files.createDirectory(own);
    return new Scratch(own, reserve, channel, lock);
  }

  private static void removeIfAbandoned(Path folder) throws IOException {
    Path lockFile = folder.resolveSibling(folder.getFileName() + LOCK);
    if (!Files.exists(lockFile)) {
      removeAll(folder);
      return;
    }
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        removeAll(folder);
        Files.deleteIfExists(lockFile);
      }
    } catch (OverlappingFileLockException e) {
      // Another Scratch of this very process: alive.
      return;
    }
  }

  /** A folder for one piece of work, gone when it is closed. */
  public final class Room implements AutoCloseable {
    private final Path folder;
    private final long bytes;

    private Room(Path folder, long bytes) {
      this.folder = folder;
      this.bytes = bytes;
    }

    public Path folder() {
      return folder;
    }

    @Override
    public void close() throws IOException {
      promised.addAndGet(-bytes);
      removeAll(folder);
    }
  }

  /**
   * Reserves space.
   *
   * @throws ScratchFull if the disk lacks it now
   */
  public Room reserve(long bytes) throws IOException {
    long wanted = promised.addAndGet(bytes) + reserve;
    long usable = usable();
    if (usable < wanted) {
      promised.addAndGet(-bytes);
      throw new ScratchFull(wanted, usable);
    }
    return new Room(Files.createTempDirectory(own, "room-"), bytes);
  }

  /** Bytes that are free on the disk. */
  public long usable() throws IOException {
    return Files.getFileStore(own).getUsableSpace();
  }

  /** Bytes that are left free. */
  public long reserved() {
    return reserve;
  }

  /** The folder of this process. */
  public Path folder() {
    return own;
  }

  @Override
  public void close() throws IOException {
    removeAll(own);
    lock.release();
    lockFile.close();
    Files.deleteIfExists(own.resolveSibling(own.getFileName() + LOCK));
  }

  private static void removeAll(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** The disk lacks space now. */
  public static final class ScratchFull extends IOException {
    private static final long serialVersionUID = 1L;

    ScratchFull(long wanted, long usable) {
      super("scratch has %d MB free, %d MB are needed".formatted(usable >> 20, wanted >> 20));
    }
  }
}
