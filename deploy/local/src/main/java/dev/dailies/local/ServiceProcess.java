package dev.dailies.local;

import dev.dailies.parts.TetheredProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One process of a service under the launcher's care: started, watched, started again when it dies.
 *
 * <p>A test holds it as a handle: {@link #kill} is {@code kill -9}; whether the process comes back
 * by itself is the stack's {@link Restart} policy, else {@link #start} brings it back. Its port and
 * its log stay the same over restarts.
 */
public final class ServiceProcess {
  private static final Duration SETTLED = Duration.ofMinutes(1);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int LOG_TAIL_LINES = 15;
  private static final int LOG_TAIL_BYTES = 16 * 1024;

  private final String name;
  private final Service service;
  private final URI origin;
  private final Path log;
  private final List<String> command;
  private final Map<String, String> environment;
  private final Restart restart;
  private final Duration grace;
  private final Console console;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable TetheredProcess process;
  private Instant startedAt = Instant.EPOCH;
  private long logStart;
  private boolean wanted;
  private int restarts;
  private Duration pause = FIRST_PAUSE;

  ServiceProcess(
      String name,
      Service service,
      URI origin,
      Path log,
      List<String> command,
      Map<String, String> environment,
      Restart restart,
      Duration grace,
      Console console) {
    this.name = name;
    this.service = service;
    this.origin = origin;
    this.log = log;
    this.command = command;
    this.environment = environment;
    this.restart = restart;
    this.grace = grace;
    this.console = console;
  }

  /** Its name: the module's, and a number where there are several. */
  public String name() {
    return name;
  }

  public Service service() {
    return service;
  }

  /** Where it listens, whether it runs or not. */
  public URI origin() {
    return origin;
  }

  /** All that it has written, over restarts. */
  public Path log() {
    return log;
  }

  /** The process id; empty while it does not run. */
  public Optional<Long> pid() {
    lock.lock();
    try {
      return process != null && process.isAlive() ? Optional.of(process.pid()) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** How often it was started again after it had died. */
  public int restarts() {
    lock.lock();
    try {
      return restarts;
    } finally {
      lock.unlock();
    }
  }

  /** The code it ended with, as a shell would tell it; empty while it runs or never ran. */
  public Optional<Integer> exitCode() {
    lock.lock();
    try {
      return process == null || process.isAlive()
          ? Optional.empty()
          : Optional.of(process.ended().join());
    } finally {
      lock.unlock();
    }
  }

  /** Starts it if it does not run. */
  public void start() {
    lock.lock();
    try {
      wanted = true;
      if (process != null && process.isAlive()) {
        return;
      }
      spawn();
    } finally {
      lock.unlock();
    }
  }

  /** Kills it at once, as a crash would, and returns when it is gone. */
  public void kill() {
    TetheredProcess victim;
    lock.lock();
    try {
      victim = process;
    } finally {
      lock.unlock();
    }
    if (victim != null) {
      victim.kill();
    }
  }

  /** Asks it to end, kills it if it does not within its grace, and leaves it down. */
  public void stop() {
    TetheredProcess ending;
    lock.lock();
    try {
      wanted = false;
      changed.signalAll();
      ending = process;
    } finally {
      lock.unlock();
    }
    if (ending != null && ending.isAlive()) {
      ending.stop();
    }
  }

  /** Whether it says that it would work now. */
  public boolean ready() {
    return HttpReadiness.isReady(origin);
  }

  private void spawn() {
    TetheredProcess.Builder builder = TetheredProcess.of(command).log(log).stopsOn("TERM", grace);
    environment.forEach(builder::environment);
    logStart = logSize();
    TetheredProcess started = builder.start();
    process = started;
    startedAt = Instant.now();
    Thread.ofVirtual().name("watch-" + name).start(() -> watch(started));
  }

  private void watch(TetheredProcess watched) {
    int code = watched.ended().join();
    lock.lock();
    try {
      if (!wanted || process != watched) {
        return;
      }
      boolean settled = startedAt.plus(SETTLED).isBefore(Instant.now());
      pause = settled ? FIRST_PAUSE : pause;
      String again =
          switch (restart) {
            case ALWAYS -> "it is started again in %d s".formatted(pause.toSeconds());
            case NEVER -> "it stays down";
          };
      console.say("%s has ended with code %d; %s. Log: %s".formatted(name, code, again, log));
      tail().forEach(line -> console.say("    " + line));
      if (restart == Restart.NEVER) {
        return;
      }
      awaitPause();
      pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
      if (wanted && process == watched) {
        restarts++;
        spawn();
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitPause() {
    long nanos = pause.toNanos();
    try {
      while (nanos > 0 && wanted) {
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private long logSize() {
    try {
      return Files.size(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last lines that the process of now has written. */
  List<String> tail() {
    try (SeekableByteChannel channel = Files.newByteChannel(log)) {
      channel.position(Math.max(logStart, channel.size() - LOG_TAIL_BYTES));
      byte[] end = Channels.newInputStream(channel).readNBytes(LOG_TAIL_BYTES);
      List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
