package dev.dailies.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * Where the runnable programs {@code ffmpeg} and {@code ffprobe} stand.
 *
 * <p>They come from the LGPL jar of {@code org.bytedeco:ffmpeg} for this platform and are unpacked
 * once per version into a cache folder (68 MB, a third of a second): the system property {@code
 * dailies.media.cache}, else the environment variable {@code DAILIES_MEDIA_CACHE}, else a folder of
 * this user below the temporary folder. Processes that unpack at the same time don't disturb each
 * other.
 */
public final class MediaPrograms {
  /** The cache folder as a system property. */
  public static final String CACHE_PROPERTY = "dailies.media.cache";

  /** The cache folder as an environment variable. */
  public static final String CACHE_VARIABLE = "DAILIES_MEDIA_CACHE";

  private final Path folder;
  private final Path stubs;

  private MediaPrograms(Path folder, Path stubs) {
    this.folder = folder;
    this.stubs = stubs;
  }

  /** The programs of this process, unpacked at first use. */
  public static MediaPrograms shared() {
    return Shared.PROGRAMS;
  }

  /** Why the programs can't be run now; empty if they can. Unpacks them at the first call. */
  public static Optional<String> obstacle() {
    try {
      MediaPrograms programs = shared();
      return Files.isExecutable(programs.ffmpeg()) && Files.isExecutable(programs.ffprobe())
          ? Optional.empty()
          : Optional.of("ffmpeg is no longer there");
    } catch (UncheckedIOException | LinkageError e) {
      // A class whose start failed is unusable for good: each later call ends here too.
      return Optional.of("ffmpeg can't be unpacked");
    }
  }

  /** The video program. */
  public Path ffmpeg() {
    return folder.resolve(executable("ffmpeg"));
  }

  /** The program that says what a file is. */
  public Path ffprobe() {
    return folder.resolve(executable("ffprobe"));
  }

  /** The folder that holds all of them. */
  Path home() {
    return Objects.requireNonNull(folder.getParent());
  }

  /** What the environment of the programs must hold so that they find their own libraries. */
  Map<String, String> environment() {
    return isLinux() ? Map.of("LD_LIBRARY_PATH", folder + ":" + stubs) : Map.of();
  }

  static MediaPrograms unpackedIn(Path cache) throws IOException {
    String platform = platform();
    String prefix = "org/bytedeco/ffmpeg/" + platform + "/";
    URL program = MediaPrograms.class.getClassLoader().getResource(prefix + executable("ffmpeg"));
    if (program == null || !(program.openConnection() instanceof JarURLConnection connection)) {
      throw new IOException(
          "no ffmpeg for "
              + platform
              + " on the class path: add org.bytedeco:ffmpeg with the classifier "
              + platform);
    }
    JarFile jar = connection.getJarFile();
    JarEntry entry = jar.getJarEntry(prefix + executable("ffmpeg"));
    Path folder = cache.resolve("ffmpeg-" + platform + "-" + Long.toHexString(entry.getCrc()));
    if (!Files.isDirectory(folder)) {
      unpack(jar, prefix, folder);
    }
    Path stubs = cache.resolve(folder.getFileName() + "-stubs");
    MediaPrograms programs = new MediaPrograms(folder, stubs);
    programs.standInForAbsentLibraries();
    return programs;
  }

  private static void unpack(JarFile jar, String prefix, Path folder) throws IOException {
    Path fresh = Files.createTempDirectory(folder.getParent(), ".unpacking-");
    List<JarEntry> entries =
        jar.stream().filter(e -> e.getName().startsWith(prefix) && !e.isDirectory()).toList();
    for (JarEntry entry : entries) {
      String name = entry.getName().substring(prefix.length());
      if (name.contains("/") || name.startsWith("libjni")) {
        continue;
      }
      Path file = fresh.resolve(name);
      try (InputStream in = jar.getInputStream(entry)) {
        Files.copy(in, file);
      }
      if (!file.toFile().setExecutable(true, false)) {
        throw new IOException("cannot make " + file + " executable");
      }
    }
    // An image unpacks as one user and runs as another.
    readableByAll(fresh);
    try {
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      discard(fresh);
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  private static void readableByAll(Path path) throws IOException {
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static void discard(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }

  /**
   * The device library that ffmpeg is linked with wants the sound and window system of a desktop.
   * Servers and images don't have them and nothing here ever uses a device, so what is absent is
   * stood in for by an empty library of that name.
   */
  private void standInForAbsentLibraries() throws IOException {
    if (!isLinux()) {
      return;
    }
    for (int i = 0; i <= StubLibrary.KNOWN.size(); i++) {
      String complaint = complaint();
      if (complaint.isEmpty()) {
        return;
      }
      StubLibrary missing =
          StubLibrary.KNOWN.stream()
              .filter(stub -> complaint.contains(stub.name() + ": cannot open"))
              .findFirst()
              .orElseThrow(() -> new IOException("ffmpeg does not start: " + complaint));
      Files.createDirectories(stubs);
      Path fresh = Files.createTempFile(stubs, ".stub-", "");
      Files.write(fresh, missing.image(System.getProperty("os.arch", "")));
      readableByAll(fresh);
      Files.move(fresh, stubs.resolve(missing.name()), StandardCopyOption.ATOMIC_MOVE);
    }
    throw new IOException("ffmpeg does not start: " + complaint());
  }

  private String complaint() throws IOException {
    ProcessBuilder builder = new ProcessBuilder(ffmpeg().toString(), "-version");
    builder.environment().putAll(environment());
    builder.redirectErrorStream(true);
    Process process = builder.start();
    try (InputStream out = process.getInputStream()) {
      process.getOutputStream().close();
      String said = new String(out.readNBytes(16_384), StandardCharsets.UTF_8);
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "no end within 20 s";
      }
      return process.exitValue() == 0 ? "" : said;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while trying ffmpeg", e);
    }
  }

  static String platform() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch =
        switch (System.getProperty("os.arch", "")) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm64";
          case String other -> other;
        };
    return (os.startsWith("mac") ? "macosx" : os.startsWith("win") ? "windows" : "linux")
        + "-"
        + arch;
  }

  static boolean isLinux() {
    return platform().startsWith("linux");
  }

  private static String executable(String name) {
    return platform().startsWith("windows") ? name + ".exe" : name;
  }

  /** A folder that only this user can write to, so that nobody else chooses what we run. */
  static Path cacheFolder() throws IOException {
    String named =
        System.getProperty(CACHE_PROPERTY, System.getenv().getOrDefault(CACHE_VARIABLE, ""));
    if (!named.isBlank()) {
      return Files.createDirectories(Path.of(named).toAbsolutePath());
    }
    String user = System.getProperty("user.name", "unknown");
    Path folder = Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "dailies-media-" + user);
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    try {
      if (posix) {
        var ownerOnly = PosixFilePermissions.fromString("rwx------");
        return Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(ownerOnly));
      }
      return Files.createDirectory(folder);
    } catch (FileAlreadyExistsException there) {
      boolean open =
          posix
              && !PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))
                  .equals("rwx------");
      if (open || !Files.getOwner(folder).equals(Files.getOwner(probeFile()))) {
        throw new IOException(
            folder + " may be written to by somebody else; name a folder in " + CACHE_VARIABLE);
      }
      return folder;
    }
  }

  private static Path probeFile() throws IOException {
    Path file = Files.createTempFile("dailies-media", "");
    file.toFile().deleteOnExit();
    return file;
  }

  private static final class Shared {
    static final MediaPrograms PROGRAMS = unpack();

    private static MediaPrograms unpack() {
      try {
        return unpackedIn(cacheFolder());
      } catch (IOException e) {
        throw new UncheckedIOException("ffmpeg cannot be unpacked", e);
      }
    }
  }
}
