package dev.dailies.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** This JVM's folder under the module's {@code target}; those of JVMs that are gone are deleted. */
final class WorkFolder {

  private static final Path ROOT = Path.of("target", "parts").toAbsolutePath();
  private static final AtomicInteger COUNT = new AtomicInteger();

  static {
    deleteAbandoned();
  }

  private WorkFolder() {}

  static Path fresh(String kind) {
    try {
      return Files.createDirectories(
          ROOT.resolve(String.valueOf(ProcessHandle.current().pid()))
              .resolve(kind + "-" + COUNT.incrementAndGet()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void deleteAbandoned() {
    try (Stream<Path> folders = Files.exists(ROOT) ? Files.list(ROOT) : Stream.of()) {
      for (Path folder : folders.toList()) {
        Optional<ProcessHandle> owner =
            ProcessHandle.of(Long.parseLong(folder.getFileName().toString()));
        if (owner.isEmpty() || owner.get().equals(ProcessHandle.current())) {
          delete(folder);
        }
      }
    } catch (IOException | UncheckedIOException | NumberFormatException leftAlone) {
      // Another JVM may be deleting the same; what stays is deleted by the next run or a clean.
    }
  }

  private static void delete(Path root) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(root)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.deleteIfExists(path);
    }
  }
}
