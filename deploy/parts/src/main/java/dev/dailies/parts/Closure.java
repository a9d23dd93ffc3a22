package dev.dailies.parts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The class path of a server that must not share ours: the jars, in the local Maven repository.
 *
 * <p>Written at build time by the closure modules, with a placeholder for the repository's place,
 * so that a jar built on one machine works on another.
 */
record Closure(List<Path> jars) {

  private static final String PLACEHOLDER = "@repository@";

  static Closure named(String name) {
    Path repository = repository();
    List<Path> jars =
        Stream.of(read(name + ".classpath").strip().split(";"))
            .map(entry -> Path.of(entry.replace(PLACEHOLDER, repository.toString())))
            .toList();
    jars.stream()
        .filter(jar -> !Files.exists(jar))
        .findFirst()
        .ifPresent(missing -> {
          throw new PartFailed(
              missing + " is missing; build the modules under deploy/ once to fetch it");
        });
    return new Closure(jars);
  }

  private static Path repository() {
    // The second is how Surefire tells a test of a repository set in settings.xml.
    return Stream.of("maven.repo.local", "localRepository")
        .map(System::getProperty)
        .filter(Objects::nonNull)
        .findFirst()
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".m2", "repository"));
  }

  private static String read(String resource) {
    try (InputStream in = Closure.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new PartFailed(resource + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new PartFailed("cannot read " + resource, failed);
    }
  }
}
