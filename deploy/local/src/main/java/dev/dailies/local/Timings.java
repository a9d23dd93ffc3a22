package dev.dailies.local;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** What {@code --timings} prints: how long the start and a first video took, and what it weighs. */
final class Timings {
  private static final Duration SAMPLE = Duration.ofSeconds(1);
  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final Duration VIDEO = Duration.ofSeconds(120);
  private static final double MIB = 1024.0 * 1024.0;

  private final LocalStack stack;
  private final Instant started;
  private final AtomicLong peak = new AtomicLong();

  /**
   * @param started when the command was given
   */
  Timings(LocalStack stack, Instant started) {
    this.stack = stack;
    this.started = started;
  }

  /** Samples the memory from now on. */
  void watchMemory() {
    Thread.ofPlatform()
        .name("memory")
        .daemon()
        .start(() -> {
          while (!Thread.currentThread().isInterrupted()) {
            peak.accumulateAndGet(ProportionalMemory.sum(), Math::max);
            LockSupport.parkNanos(SAMPLE.toNanos());
          }
        });
  }

  /** Measures what is left to measure, which takes a minute, and prints it. */
  void print(Console console) {
    Instant ready = stack.readyAt().values().stream().max(Comparator.naturalOrder()).orElseThrow();
    stack.readyAt().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByValue())
        .forEach(entry ->
            console.say(
                "  %-18s ready after %5.1f s"
                    .formatted(entry.getKey(), seconds(started, entry.getValue()))));
    console.say("  %-18s ready after %5.1f s".formatted("all", seconds(started, ready)));
    console.say(firstVideo());
    while (Instant.now().isBefore(ready.plus(IDLE))) {
      LockSupport.parkNanos(SAMPLE.toNanos());
    }
    console.say("  memory (sum of PSS), 60 s after ready:");
    ProportionalMemory.shares()
        .sorted(Comparator.comparingLong(ProportionalMemory.Share::bytes).reversed())
        .filter(share -> share.bytes() > 4 * MIB)
        .forEach(
            share -> console.say("    %7.1f MiB  %s".formatted(share.bytes() / MIB, share.name())));
    console.say(
        "    %7.1f MiB  all; the peak was %.1f MiB"
            .formatted(ProportionalMemory.sum() / MIB, peak.get() / MIB));
  }

  private String firstVideo() {
    Instant asked = Instant.now();
    try {
      long bytes = HttpFirstVideo.asInReadme(stack.origin()).await(VIDEO);
      return "  first video (4 s, 1280x720, %d bytes) served after %.1f s"
          .formatted(bytes, seconds(asked, Instant.now()));
    } catch (LaunchFailure e) {
      return "  " + e.getMessage();
    }
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }
}
