package dev.dailies.testkit;

import dev.dailies.parts.Programs;
import dev.dailies.parts.TetheredProcess;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The MinIO server program, built from source once per machine: the community publishes no more.
 *
 * <p>The first build takes four to five minutes on two cores, at the lowest priority; other JVMs
 * wait for it at a file lock.
 */
sealed interface MinioProgram {

  /** Ready to run. */
  record Built(Path program) implements MinioProgram {}

  /** Not to be had on this machine, and why. */
  record Missing(String reason) implements MinioProgram {}

  /** The frozen head of the community edition (AGPL: a tool of our tests, never shipped). */
  String VERSION = "v0.0.0-20260212201848-7aac2a2c5b7c";

  /** How long a build may take on a machine that does much else. */
  Duration BUILD_LIMIT = Duration.ofMinutes(25);

  static MinioProgram findOrBuild() {
    Optional<Path> go = Programs.find("go");
    if (go.isEmpty()) {
      return new Missing("real MinIO is built with Go, and there is no go on the PATH");
    }
    try {
      Path folder = Files.createDirectories(goPath(go.get()).resolve("dailies/minio/" + VERSION));
      Path program = folder.resolve("minio");
      if (Files.isExecutable(program)) {
        return new Built(program);
      }
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("build.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        return held.isValid() && Files.isExecutable(program)
            ? new Built(program)
            : build(go.get(), folder, program);
      }
    } catch (IOException failed) {
      return new Missing("real MinIO could not be built: " + failed);
    }
  }

  /** Go's own folder, where what Go builds is looked for. */
  private static Path goPath(Path go) throws IOException {
    Process asked = new ProcessBuilder(go.toString(), "env", "GOPATH").start();
    try (var answer = asked.inputReader()) {
      String first = String.valueOf(answer.readLine()).split(File.pathSeparator, 2)[0];
      if (first.isBlank() || first.equals("null")) {
        throw new IOException("go does not tell its GOPATH");
      }
      return Path.of(first);
    }
  }

  private static MinioProgram build(Path go, Path folder, Path program) throws IOException {
    Path half = Files.createDirectories(folder.resolve("building"));
    Path log = folder.resolve("build.log");
    List<String> command = new ArrayList<>();
    Programs.find("nice").ifPresent(nice -> command.addAll(List.of(nice.toString(), "-n", "19")));
    command.addAll(List.of(go.toString(), "install", "-trimpath", "-ldflags=-s -w"));
    command.add("github.com/minio/minio@" + VERSION);
    TetheredProcess build =
        TetheredProcess.of(command)
            .in(half)
            .environment("GOBIN", half.toString())
            .environment("CGO_ENABLED", "0")
            // Another toolchain is not ours to download.
            .environment("GOTOOLCHAIN", "local")
            .log(log)
            .start();
    try {
      int status = build.ended().get(BUILD_LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (status != 0) {
        return new Missing("real MinIO could not be built, see " + log);
      }
      Files.move(half.resolve("minio"), program, StandardCopyOption.ATOMIC_MOVE);
      return new Built(program);
    } catch (TimeoutException slow) {
      return new Missing("real MinIO was not built within " + BUILD_LIMIT);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Missing("interrupted while real MinIO was being built");
    } catch (ExecutionException failed) {
      return new Missing("real MinIO could not be built: " + failed.getCause());
    } finally {
      build.stop();
    }
  }
}
