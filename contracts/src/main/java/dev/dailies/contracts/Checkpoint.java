package dev.dailies.contracts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A named step between two durable writes, at which a test may kill the process.
 *
 * <p>Does nothing unless the environment variable {@code DAILIES_CHECKPOINTS} names a folder. Then
 * a thread that reaches step {@code x} while a file {@code x.armed} stands there renames it to
 * {@code x.hit} and parks for ever: whoever armed the step sees that it was reached, and kills the
 * process exactly there. The rename is atomic, so of several processes one is caught.
 */
public final class Checkpoint {
  /** Names the folder; unset in production, where a step costs one comparison. */
  public static final String FOLDER_VARIABLE = "DAILIES_CHECKPOINTS";

  private static final @Nullable Path FOLDER = folder();

  private Checkpoint() {}

  /** Says that the calling thread stands at the step; returns unless the step is armed. */
  public static void reach(String step) {
    if (FOLDER == null) {
      return;
    }
    Path armed = FOLDER.resolve(step + ".armed");
    if (!Files.exists(armed)) {
      return;
    }
    Path hit = FOLDER.resolve(step + ".hit");
    try {
      Files.move(armed, hit);
      Files.writeString(hit, Long.toString(ProcessHandle.current().pid()));
    } catch (IOException taken) {
      // Another thread or process was caught by the same step.
      return;
    }
    while (true) {
      LockSupport.park();
    }
  }

  private static @Nullable Path folder() {
    String folder = System.getenv(FOLDER_VARIABLE);
    return folder == null || folder.isBlank() ? null : Path.of(folder);
  }
}
