package dev.dailies.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What is made once per machine: {@code ~/.cache/dailies}, or where DAILIES_CACHE says. */
public final class CacheFolder {

  private CacheFolder() {}

  /** The folder of that name, created where it is missing. */
  public static Path named(String name) throws IOException {
    Path root =
        Optional.ofNullable(System.getenv("DAILIES_CACHE"))
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "dailies"));
    return Files.createDirectories(root.resolve(name).toAbsolutePath());
  }
}
