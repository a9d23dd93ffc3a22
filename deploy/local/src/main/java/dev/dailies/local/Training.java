package dev.dailies.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One run of everything, with a small video made, during which each service's JVM records what it
 * loaded and linked; later starts take it from the AOT cache that comes of it. Done once after a
 * build. A run with real parts records the broker's and the database's clients too, which a context
 * that is only refreshed never touches.
 */
public final class Training {
  /** Each JVM writes its cache when it ends, and all of them do so at once. */
  private static final Duration GRACE = Duration.ofMinutes(3);

  /** 128 and the number of SIGTERM; one that was killed may have left half a cache. */
  private static final int ENDED_ON_REQUEST = 143;

  private static final Duration READY = Duration.ofMinutes(3);
  private static final Duration VIDEO = Duration.ofMinutes(2);

  private Training() {}

  /** Makes the caches of the source tree around the working directory, if one is missing. */
  public static void ensure(Console console) {
    Path root = StackSettings.sourceTree();
    if (!Stream.of(Service.values()).allMatch(service -> AppImage.of(root, service).trained())) {
      run(root, console);
    }
  }

  /** Makes the caches, whether there are some or not. */
  static void run(Path root, Console console) {
    Path data = AppImage.images(root).resolve("training");
    Folders.delete(data);
    List<ServiceProcess> recorded;
    try (LocalStack stack =
        LocalStack.builder()
            .root(root)
            .data(data)
            .restart(Restart.NEVER)
            .console(console)
            .training(GRACE)
            .build()) {
      stack.start();
      stack.awaitReady(READY);
      recorded = stack.processes();
      console.say("All are ready; a small video is made.");
      try {
        HttpFirstVideo.smallest(stack.origin()).await(VIDEO);
      } catch (LaunchFailure e) {
        // What was recorded so far is worth having.
        console.say(Optional.ofNullable(e.getMessage()).orElse("no video"));
      }
      console.say("The caches are written.");
    }
    recorded.stream()
        .filter(process -> process.exitCode().filter(code -> code == ENDED_ON_REQUEST).isPresent())
        .forEach(process -> AppImage.of(root, process.service()).adopt());
    Folders.delete(data);
  }
}
