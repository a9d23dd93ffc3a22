package dev.dailies.local;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Arms a named step, waits until a process stands at it, and kills that process there. */
record Steps(Path folder, LocalStack stack) {
  void arm(String step) {
    try {
      Files.deleteIfExists(hit(step));
      Files.createFile(folder.resolve(step + ".armed"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process that stands at the step, killed; fails when none came there in time. */
  ServiceProcess killWhoHits(String step, Duration atMost) {
    await("someone at " + step)
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> Files.exists(hit(step)) && Files.size(hit(step)) > 0);
    long pid;
    try {
      pid = Long.parseLong(Files.readString(hit(step)).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ServiceProcess process =
        stack.processes().stream()
            .filter(p -> p.pid().filter(id -> id == pid).isPresent())
            .findFirst()
            .orElseThrow(() -> new AssertionError("no process of ours is " + pid));
    process.kill();
    return process;
  }

  private Path hit(String step) {
    return folder.resolve(step + ".hit");
  }
}
