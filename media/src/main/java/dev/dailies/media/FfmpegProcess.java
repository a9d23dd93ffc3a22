package dev.dailies.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A running ffmpeg. Its pipes have the operating system's back-pressure: whoever reads {@link
 * #output} slowly slows it down. Closing kills it if it still runs.
 */
public final class FfmpegProcess implements AutoCloseable {
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final Process process;
  private final Duration limit;
  private final boolean inputPiped;
  private final boolean outputPiped;
  private final Tail tail;
  private final long started = System.nanoTime();
  private volatile boolean timedOut;
  private volatile boolean cancelled;

  private FfmpegProcess(Process process, Duration limit, boolean inputPiped, boolean outputPiped) {
    this.process = process;
    this.limit = limit;
    this.inputPiped = inputPiped;
    this.outputPiped = outputPiped;
    this.tail = Tail.of(process.getErrorStream());
  }

  static FfmpegProcess start(
      List<String> line,
      Map<String, String> environment,
      boolean inputPiped,
      boolean outputPiped,
      Duration limit)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(line);
    // Nothing of ours (keys, addresses) is handed on; Windows starts nothing without its root.
    builder.environment().keySet().removeIf(name -> !name.equalsIgnoreCase("SystemRoot"));
    builder.environment().putAll(environment);
    if (!outputPiped) {
      builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }
    Process process = builder.start();
    if (!inputPiped) {
      process.getOutputStream().close();
    }
    FfmpegProcess running = new FfmpegProcess(process, limit, inputPiped, outputPiped);
    Thread.ofVirtual().name("ffmpeg-limit").start(running::killAtLimit);
    return running;
  }

  /** What ffmpeg reads from {@code pipe:0}; the caller closes it to say that this was all. */
  public OutputStream input() {
    if (!inputPiped) {
      throw new IllegalStateException("the command has no input pipe");
    }
    return process.getOutputStream();
  }

  /** What ffmpeg writes to {@code pipe:1}. Its end says nothing about success: {@link #await}. */
  public InputStream output() {
    if (!outputPiped) {
      throw new IllegalStateException("the command has no output pipe");
    }
    return process.getInputStream();
  }

  /** Waits for the end, which comes at the limit at the latest. An interrupt kills the run. */
  public FfmpegResult await() throws InterruptedException {
    int exit;
    try {
      exit = process.waitFor();
    } catch (InterruptedException e) {
      cancel();
      throw e;
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
    String said = tail.text(LAST_WORDS);
    if (exit == 0) {
      return new FfmpegResult.Done(elapsed);
    }
    if (timedOut) {
      return new FfmpegResult.TimedOut(limit, said);
    }
    return cancelled ? new FfmpegResult.Cancelled() : new FfmpegResult.Failed(exit, said);
  }

  /** Kills the run; returns at once. */
  public void cancel() {
    cancelled = true;
    kill();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      cancel();
    }
  }

  private void killAtLimit() {
    try {
      if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        timedOut = true;
        kill();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
