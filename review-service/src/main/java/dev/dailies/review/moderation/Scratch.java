package dev.dailies.review.moderation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folders for the time of one judging. What a killed process left is removed at start. */
final class Scratch {
  private static final Logger log = LoggerFactory.getLogger(Scratch.class);
  private static final String PREFIX = "judging-";
  private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

  private final Path root;

  Scratch(Path root) {
    this.root = root;
  }

  /** Removes folders that nobody can be using any more; other processes may share the root. */
  void sweep() {
    Instant before = Instant.now().minus(ABANDONED_AFTER);
    try (Stream<Path> folders = Files.exists(root) ? Files.list(root) : Stream.empty()) {
      for (Path folder : folders.toList()) {
        if (folder.getFileName().toString().startsWith(PREFIX)
            && Files.getLastModifiedTime(folder).toInstant().isBefore(before)) {
          remove(folder);
        }
      }
    } catch (IOException e) {
      log.warn("Scratch folders in {} stay: {}", root, e.toString());
    }
  }

  /** A new folder, gone when closed. */
  Folder open() throws IOException {
    Files.createDirectories(root);
    return new Folder(Files.createTempDirectory(root, PREFIX));
  }

  /** One folder. */
  record Folder(Path path) implements AutoCloseable {
    @Override
    public void close() {
      remove(path);
    }
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      log.warn("The scratch folder {} stays: {}", folder, e.toString());
    }
  }
}
