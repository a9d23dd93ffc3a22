package dev.dailies.parts;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A child process that never outlives this JVM, not even one that is killed with -9.
 *
 * <p>A small shell between us and the program holds the read end of a pipe whose write end only
 * this JVM has. A line in it names a signal to send; its end, which comes with the JVM's, has the
 * shell stop the program and, after the grace, kill it. So nothing depends on shutdown hooks, which
 * run in no order and would take the database from under a service that is still closing. The
 * program runs in a session of its own: a Ctrl-C at the terminal reaches the JVM only, which stops
 * its parts in its own order. Output goes to a file, so that no pipe of ours can block the program
 * or keep a parent's parent waiting.
 */
public final class TetheredProcess implements AutoCloseable {

  private static final String TETHER =
      """
      pidfile=$1; signal=$2; grace=$3; shift 3
      trap '' INT
      exec 3<&0 </dev/null
      "$@" 3<&- &
      child=$!
      echo "$child" > "$pidfile"
      {
        while read -r asked <&3; do kill -s "$asked" "$child"; done
        kill -s "$signal" "$child"
        waited=0
        while kill -0 "$child" && [ "$waited" -lt "$grace" ]; do sleep 1; waited=$((waited + 1)); done
        kill -s KILL "$child"
      } 2>/dev/null &
      watcher=$!
      exec 3<&-
      wait "$child"
      status=$?
      kill "$watcher" 2>/dev/null
      exit "$status"
      """;

  private static final Duration PID_WAIT = Duration.ofSeconds(10);

  private final Process shell;
  private final ProcessHandle program;
  private final String signal;
  private final Duration grace;

  private TetheredProcess(Process shell, ProcessHandle program, String signal, Duration grace) {
    this.shell = shell;
    this.program = program;
    this.signal = signal;
    this.grace = grace;
  }

  /** Begins the description of a process; the program's arguments are passed as they are. */
  public static Builder of(List<String> command) {
    return new Builder(command);
  }

  /** The program's own process id, not the shell's. */
  public long pid() {
    return program.pid();
  }

  public boolean isAlive() {
    return shell.isAlive();
  }

  /** Completes with the exit status when the program has ended, for whatever reason. */
  public CompletableFuture<Integer> ended() {
    return shell.onExit().thenApply(Process::exitValue);
  }

  /** Asks the program to end, waits the grace, then kills it. Returns when it is gone. */
  public void stop() {
    try {
      shell.getOutputStream().write((signal + "\n").getBytes(StandardCharsets.US_ASCII));
      shell.getOutputStream().flush();
    } catch (IOException endedByItself) {
      // The wait below finds it gone.
    }
    if (!waitForEnd(grace)) {
      kill();
    }
  }

  /**
   * SIGKILL, to the program and what it started, as the test of a crash. Returns when it is gone.
   */
  public void kill() {
    killTree(program);
    if (!waitForEnd(Duration.ofSeconds(10))) {
      throw new PartFailed("process " + pid() + " survived SIGKILL");
    }
  }

  @Override
  public void close() {
    stop();
  }

  private boolean waitForEnd(Duration limit) {
    return new Patience(limit).until(() -> !shell.isAlive());
  }

  static void killTree(ProcessHandle process) {
    List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
    process.destroyForcibly();
    family.forEach(ProcessHandle::destroyForcibly);
    family.add(process);
    new Patience(Duration.ofSeconds(5))
        .until(() -> family.stream().noneMatch(TetheredProcess::runs));
  }

  /** A zombie is dead: its parent has only not asked yet. */
  private static boolean runs(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  static Optional<Long> readPid(Path pidFile) {
    try {
      String text = Files.exists(pidFile) ? Files.readString(pidFile) : "";
      // Without the line end the shell has not finished writing.
      return text.endsWith("\n") ? Optional.of(Long.parseLong(text.strip())) : Optional.empty();
    } catch (IOException | NumberFormatException unreadable) {
      return Optional.empty();
    }
  }

  /** How a process is to be started. */
  public static final class Builder {

    private final List<String> command;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> unset = new ArrayList<>();
    private Optional<Path> directory = Optional.empty();
    private Optional<Path> log = Optional.empty();
    private Optional<Path> pidFile = Optional.empty();
    private String signal = "TERM";
    private Duration grace = Duration.ofSeconds(10);
    private boolean disposable;

    private Builder(List<String> command) {
      this.command = List.copyOf(command);
    }

    public Builder in(Path workingDirectory) {
      this.directory = Optional.of(workingDirectory);
      return this;
    }

    public Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    public Builder withoutEnvironment(String... names) {
      unset.addAll(List.of(names));
      return this;
    }

    /** Where standard output and error are appended; without it they are discarded. */
    public Builder log(Path file) {
      this.log = Optional.of(file);
      return this;
    }

    /** Where the program's process id is kept while it runs. */
    public Builder pidFile(Path file) {
      this.pidFile = Optional.of(file);
      return this;
    }

    /** The polite signal, by its name without SIG, and how long it is given to work. */
    public Builder stopsOn(String signalName, Duration within) {
      this.signal = signalName;
      this.grace = within;
      return this;
    }

    /** When this JVM ends the program is killed at once: nobody wants its data again. */
    public Builder disposable(boolean yes) {
      this.disposable = yes;
      return this;
    }

    /** Starts it and returns as soon as the process exists. */
    public TetheredProcess start() {
      try {
        Path pids = pidFile.isPresent() ? pidFile.get() : Files.createTempFile("dailies-", ".pid");
        Files.deleteIfExists(pids);
        Process shell = builder(pids).start();
        ProcessHandle program = awaitProgram(shell, pids);
        if (pidFile.isEmpty()) {
          Files.deleteIfExists(pids);
        }
        return new TetheredProcess(shell, program, signal, grace);
      } catch (IOException failed) {
        throw new PartFailed("cannot start " + command.getFirst(), failed);
      }
    }

    private ProcessBuilder builder(Path pids) {
      List<String> line = new ArrayList<>();
      Programs.find("setsid").ifPresent(setsid -> line.add(setsid.toString()));
      line.addAll(List.of("/bin/sh", "-c", TETHER, "tether", pids.toString()));
      line.add(disposable ? "KILL" : signal);
      line.add(String.valueOf(grace.toSeconds()));
      line.addAll(command);
      ProcessBuilder builder = new ProcessBuilder(line);
      directory.map(Path::toFile).ifPresent(builder::directory);
      builder.environment().putAll(environment);
      unset.forEach(builder.environment()::remove);
      builder.redirectErrorStream(true);
      builder.redirectOutput(
          log.map(Path::toFile)
              .map(ProcessBuilder.Redirect::appendTo)
              .orElse(ProcessBuilder.Redirect.to(new File("/dev/null"))));
      return builder;
    }

    private ProcessHandle awaitProgram(Process shell, Path pids) {
      new Patience(PID_WAIT).until(() -> readPid(pids).isPresent() || !shell.isAlive());
      Optional<Long> pid = readPid(pids);
      if (pid.isEmpty()) {
        shell.destroyForcibly();
        throw new PartFailed("cannot start " + command.getFirst());
      }
      // A program that has ended already has no handle any more; the shell stands for it.
      return ProcessHandle.of(pid.get()).orElseGet(shell::toHandle);
    }
  }

  static String tail(Path log) {
    try {
      List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
