package dev.dailies.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;

/**
 * One service as it is started: its executable jar taken apart, which starts faster than the jar,
 * and beside it the AOT cache that a training run has left, if there was one.
 *
 * <p>Lives under {@code target/local/<module>} of the source tree and is made anew when the jar or
 * the JDK is another.
 */
final class AppImage {
  private static final long EXTRACT_SECONDS = 120;

  private final Path jar;
  private final Path cache;

  private AppImage(Path jar, Path cache) {
    this.jar = jar;
    this.cache = cache;
  }

  /**
   * The image of the service, taken apart now if need be.
   *
   * @throws LaunchFailure if the service has not been built
   */
  static AppImage of(Path root, Service service) {
    Path built = service.jar(root);
    if (!Files.isRegularFile(built)) {
      throw new LaunchFailure(
          "%s is not built: %s is missing; run mvn package -Dmaven.test.skip=true"
              .formatted(service.module(), built));
    }
    Path folder = images(root).resolve(service.module());
    Path jar = folder.resolve(built.getFileName());
    try {
      String stamp = fingerprint(built) + " " + Runtime.version();
      Path stampFile = folder.resolve("stamp");
      if (!Files.exists(stampFile) || !Files.readString(stampFile).equals(stamp)) {
        Folders.emptied(folder);
        run(
            List.of(
                java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djarmode=tools",
                "-jar",
                built.toString(),
                "extract",
                "--force",
                "--destination",
                folder.toString()),
            folder.resolveSibling(service.module() + "-extract.log"));
        Files.writeString(stampFile, stamp);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new AppImage(jar, folder.resolve("app.aot"));
  }

  /** The images of all services, taken apart side by side. */
  static Map<Service, AppImage> all(Path root) {
    return Stream.of(Service.values())
        .parallel()
        .collect(Collectors.toConcurrentMap(service -> service, service -> of(root, service)));
  }

  static Path images(Path root) {
    return root.resolve("deploy/local/target/local");
  }

  boolean trained() {
    return Files.isRegularFile(cache);
  }

  /** The words of the command that runs it. */
  List<String> command(JvmOptions options, boolean train) {
    List<String> words = new ArrayList<>();
    words.add(java());
    words.addAll(options.words());
    aot(train).ifPresent(words::add);
    words.add("-jar");
    words.add(jar.toString());
    return words;
  }

  private Optional<String> aot(boolean train) {
    if (train) {
      return Optional.of("-XX:AOTCacheOutput=" + recorded());
    }
    return trained() ? Optional.of("-XX:AOTCache=" + cache) : Optional.empty();
  }

  /** Puts the cache of a training run that came to its end in place. */
  void adopt() {
    try {
      if (Files.exists(recorded())) {
        Files.move(recorded(), cache, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path recorded() {
    return cache.resolveSibling("training.aot");
  }

  /**
   * What the jar holds, from its directory alone. Its time says nothing: the build is reproducible
   * and sets it to the same moment always.
   */
  private static String fingerprint(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      CRC32 sum = new CRC32();
      zip.stream()
          .map(entry -> entry.getName() + ' ' + entry.getCrc() + ' ' + entry.getSize() + '\n')
          .forEach(line -> sum.update(line.getBytes(StandardCharsets.UTF_8)));
      return "%08x-%d".formatted(sum.getValue(), Files.size(jar));
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static void run(List<String> command, Path log) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!process.waitFor(EXTRACT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("a service's jar can't be taken apart; see " + log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }
}
