package dev.dailies.media;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What a run may use of the machine, put around its command line by {@code nice}, {@code prlimit}
 * (memory, processor time, file size, open files) and {@code bwrap} (no network, no other process,
 * only its own files to write). A machine may have none of them; the limits that this process
 * enforces itself hold everywhere.
 */
record Confinement(Duration wallClock, long fileLimit, int niceness) {
  /** Four 8K frames and the code fit; a picture that claims to be a million wide does not. */
  private static final long MEMORY_LIMIT = 4L << 30;

  /** No network, no other process, a disk that can't be written, a temporary folder of its own. */
  private static final List<String> EMPTY_ROOM =
      List.of(
          "--unshare-all",
          "--die-with-parent",
          "--ro-bind",
          "/",
          "/",
          "--dev",
          "/dev",
          "--proc",
          "/proc",
          "--tmpfs",
          "/tmp");

  private static final Optional<String> NICE = find("nice");
  private static final Optional<String> PRLIMIT = working("prlimit", List.of("--core=0"));
  private static final Optional<String> BWRAP = working("bwrap", EMPTY_ROOM);

  static Confinement of(Duration wallClock, long fileLimit, int niceness) {
    return new Confinement(wallClock, fileLimit, niceness);
  }

  /** Whether runs get a room of their own on this machine. */
  static boolean hasRoom() {
    return BWRAP.isPresent();
  }

  List<String> around(List<String> line, List<Path> readable, List<Path> writable) {
    List<String> all = new ArrayList<>();
    if (niceness > 0) {
      NICE.ifPresent(nice -> all.addAll(List.of(nice, "-n", Integer.toString(niceness))));
    }
    PRLIMIT.ifPresent(prlimit ->
        all.addAll(
            List.of(
                prlimit,
                "--core=0",
                "--nofile=256",
                "--as=" + MEMORY_LIMIT,
                "--fsize=" + fileLimit,
                // Every thread counts: no honest run of this length on 16 cores reaches it.
                "--cpu=" + Math.max(60, wallClock.toSeconds() * 16))));
    BWRAP.ifPresent(bwrap -> all.addAll(sandbox(bwrap, readable, writable)));
    all.addAll(line);
    return all;
  }

  private static List<String> sandbox(String bwrap, List<Path> readable, List<Path> writable) {
    List<String> all = new ArrayList<>();
    all.add(bwrap);
    all.addAll(EMPTY_ROOM);
    // What lies in the real temporary folder is hidden by that: what the run needs comes back.
    for (Path file : readable) {
      all.addAll(List.of("--ro-bind", file.toString(), file.toString()));
    }
    MediaPrograms programs = MediaPrograms.shared();
    Path home = programs.home();
    all.addAll(List.of("--ro-bind", home.toString(), home.toString()));
    Set<Path> folders = new LinkedHashSet<>();
    for (Path file : writable) {
      Path folder = file.getParent();
      if (folder != null && folders.add(folder)) {
        all.addAll(List.of("--bind", folder.toString(), folder.toString()));
      }
    }
    return all;
  }

  private static Optional<String> working(String name, List<String> arguments) {
    Optional<String> program = find(name);
    if (program.isEmpty() || !MediaPrograms.isLinux()) {
      return Optional.empty();
    }
    List<String> line = new ArrayList<>(List.of(program.get()));
    line.addAll(arguments);
    line.add("true");
    try {
      Process trial =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = trial.waitFor(5, TimeUnit.SECONDS);
      trial.destroyForcibly();
      return ended && trial.exitValue() == 0 ? program : Optional.empty();
    } catch (IOException e) {
      // Not usable on this machine, which is what was asked.
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Optional<String> find(String name) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      if (!folder.isBlank()) {
        Path program = Path.of(folder, name);
        if (Files.isExecutable(program)) {
          return Optional.of(program.toString());
        }
      }
    }
    return Optional.empty();
  }
}
