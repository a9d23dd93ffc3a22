package dev.dailies.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** PostgreSQL's data folder: made at the first start, in one step, and kept. */
record PostgresCluster(Path root) {

  Path data() {
    return root.resolve("database");
  }

  Path secret() {
    return root.resolve("password");
  }

  boolean exists() {
    return Files.exists(data().resolve("PG_VERSION"));
  }

  /** Clears away a half-made folder of a killed first start; returns where to make the new one. */
  Path prepare(String password) {
    try {
      Folders.delete(half());
      Files.deleteIfExists(secret());
      Files.createFile(
          secret(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(secret(), password + "\n");
      return half();
    } catch (IOException failed) {
      throw new PartFailed("cannot make PostgreSQL's folder", failed);
    }
  }

  /** The folder is whole now: it gets its name. */
  void complete() {
    try {
      Files.delete(secret());
      Files.move(half(), data());
    } catch (IOException failed) {
      throw new PartFailed("cannot make PostgreSQL's folder", failed);
    }
  }

  /**
   * PostgreSQL takes its own pid file for a running server when the number has been given to
   * another process since a crash. The folder is ours alone, so only a real server counts.
   */
  void forgetStalePid() {
    Path file = data().resolve("postmaster.pid");
    try {
      if (!Files.exists(file)) {
        return;
      }
      String first = Files.readAllLines(file).stream().findFirst().orElse("");
      Optional<ProcessHandle> holder =
          first.matches("\\d+") ? ProcessHandle.of(Long.parseLong(first)) : Optional.empty();
      boolean postgres =
          holder
              .flatMap(process -> process.info().command())
              .map(command -> command.endsWith("postgres"))
              .orElse(false);
      if (holder.isPresent() && !postgres) {
        Files.delete(file);
      }
    } catch (IOException failed) {
      throw new PartFailed("cannot read " + file, failed);
    }
  }

  private Path half() {
    return root.resolve("initialising");
  }
}
