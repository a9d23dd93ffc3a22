package dev.dailies.local;

import dev.dailies.parts.PartFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** What {@code ./dailies} starts once everything is built. */
public final class Launcher {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int FAILED = 1;

  private final Console console;

  private Launcher(Console console) {
    this.console = console;
  }

  /** Runs until it is told to stop; the words are those of {@link Arguments}. */
  public static void main(String[] words) {
    Launcher launcher = new Launcher(Console.terminal());
    try {
      Arguments arguments = Arguments.parse(List.of(words));
      switch (arguments.command()) {
        case UP -> launcher.up(arguments);
        case TRAIN -> Training.run(arguments.root(), launcher.console);
      }
    } catch (LaunchFailure | PartFailed e) {
      launcher.console.complain(Objects.requireNonNullElse(e.getMessage(), e.toString()));
      System.exit(FAILED);
    }
  }

  private void up(Arguments arguments) {
    Instant started = startOfProcess();
    LocalStack stack =
        LocalStack.builder()
            .root(arguments.root())
            .data(arguments.data())
            .port(arguments.port())
            .workers(arguments.workers())
            .console(console)
            .build();
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(() -> {
                  console.say("Stopping ...");
                  stack.close();
                  console.say("Stopped; data is kept in " + stack.data());
                  stopped.countDown();
                }));
    Timings timings = new Timings(stack, started);
    if (arguments.timings()) {
      timings.watchMemory();
    }
    console.say("Starting Dailies on " + stack.data() + " ...");
    stack.start();
    stack.awaitReady(PATIENCE);
    console.say(welcome(stack));
    if (arguments.timings()) {
      timings.print(console);
    }
    await(stopped);
  }

  private static String welcome(LocalStack stack) {
    return """

    Dailies is ready: %1$s   (key: dailies-local)

    Try:
      curl -s -H 'Authorization: Bearer dailies-local' -H 'Content-Type: application/json' \\
        -d '{"model":"animatic-1","prompt":"a paper boat sails into the morning","seconds":"4","size":"1280x720"}' \\
        %1$s/v1/videos
    and, with the id it answers, once its status is "completed":
      curl -s -H 'Authorization: Bearer dailies-local' -o first.mp4 %1$s/v1/videos/ID/content

    Logs are in %2$s. Ctrl-C stops everything; data is kept.
    """
        .formatted(stack.origin(), stack.data().resolve("logs"));
  }

  /** The script's process becomes ours, so its start is the command's, unless it had to build. */
  private static Instant startOfProcess() {
    return Boolean.getBoolean("dailies.just-built")
        ? Instant.now()
        : ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
