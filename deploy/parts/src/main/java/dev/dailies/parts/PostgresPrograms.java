package dev.dailies.parts;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs, unpacked once per machine and version into Dailies' cache folder. */
record PostgresPrograms(Path home) {

  static PostgresPrograms unpacked() {
    String archive = "/postgres-" + system() + "-" + machine() + ".txz";
    try {
      Path cache = CacheFolder.named("postgres");
      Path target = cache.resolve(digest(archive));
      try (FileChannel channel =
              FileChannel.open(
                  cache.resolve("unpack.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        if (held.isValid() && !Files.exists(target)) {
          Path half = Files.createTempDirectory(cache, "unpacking-");
          unpack(archive, half);
          Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
          Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
        }
      }
      return new PostgresPrograms(target);
    } catch (IOException failed) {
      throw new PartFailed("cannot unpack PostgreSQL", failed);
    }
  }

  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  private static String system() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return name.contains("mac") ? "darwin" : "linux";
  }

  private static String machine() {
    String name = System.getProperty("os.arch");
    return "amd64".equals(name) || "x86_64".equals(name) ? "x86_64" : "arm_64";
  }

  private static InputStream open(String archive) {
    InputStream in = PostgresPrograms.class.getResourceAsStream(archive);
    if (in == null) {
      throw new PartFailed("PostgreSQL's programs for this machine are missing: " + archive);
    }
    return in;
  }

  private static String digest(String archive) throws IOException {
    try (InputStream in = open(archive)) {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(sha.digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void unpack(String archive, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new XZCompressorInputStream(new BufferedInputStream(open(archive))))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("an entry outside of the archive: " + entry.getName());
        }
        write(tar, entry, path);
      }
    }
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, path);
      boolean executable = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }
}
