package dev.dailies.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts child processes that share the launcher's fate but not its terminal.
 *
 * <p>Each gets a session of its own, so that Ctrl-C reaches the launcher alone and it can stop them
 * in order; and, where the system can, a signal when the launcher dies without having stopped them.
 * Linux ties that signal to the <em>thread</em> that started the child, so one thread starts them
 * all and lives as long as this object.
 */
final class ChildProcesses implements AutoCloseable {
  private static final int KILL_SECONDS = 5;

  private final ExecutorService spawner =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("spawner").daemon().factory());
  private final List<String> prefix;
  private final boolean ownSessions;

  ChildProcesses() {
    List<String> words = new ArrayList<>();
    Optional<Path> setpriv = find("setpriv");
    setpriv.ifPresent(tool -> words.addAll(List.of(tool.toString(), "--pdeathsig", "TERM", "--")));
    Optional<Path> setsid = find("setsid");
    setsid.ifPresent(tool -> words.add(tool.toString()));
    prefix = List.copyOf(words);
    ownSessions = setsid.isPresent();
  }

  /** Starts the command; its process id is that of the command itself. */
  Process start(ProcessBuilder builder) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(builder.command());
    builder.command(command);
    return onSpawner(builder::start);
  }

  /** Ends whatever the ended process has left behind in its session. */
  void sweep(Process ended) {
    if (!ownSessions) {
      return;
    }
    onSpawner(
        () ->
            new ProcessBuilder("sh", "-c", "kill -KILL -- -" + ended.pid())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor(KILL_SECONDS, TimeUnit.SECONDS));
  }

  private <T> T onSpawner(Callable<T> task) {
    try {
      return spawner.submit(task).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a process was started", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a process could not be started", e.getCause());
    }
  }

  private static Optional<Path> find(String tool) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The command line of this Java, wherever its home is. */
  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** Runs a command to its end, with its words in the log. */
  static void run(List<String> command, Path log, long seconds) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("%s failed; see %s".formatted(command, log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  @Override
  public void close() {
    spawner.shutdown();
  }
}
