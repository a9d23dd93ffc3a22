package dev.dailies.animatic.jobs;

import dev.dailies.animatic.render.ClipRenderer;
import dev.dailies.animatic.render.RenderOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Pictures of a finished clip, made when first asked for and kept beside it. */
public final class Derivatives {
  private final JobStore store;
  private final ClipRenderer renderer;

  public Derivatives(JobStore store, ClipRenderer renderer) {
    this.store = store;
    this.renderer = renderer;
  }

  /** One frame, WebP; absent if the clip can't be read. */
  public Optional<Path> thumbnail(Job job) throws IOException, InterruptedException {
    JobFiles files = store.files(job.id());
    return made(files, files.thumbnail(), renderer::thumbnail);
  }

  /** Ten frames, JPEG; absent if the clip can't be read. */
  public Optional<Path> spriteSheet(Job job) throws IOException, InterruptedException {
    JobFiles files = store.files(job.id());
    return made(files, files.spriteSheet(), renderer::spriteSheet);
  }

  private static Optional<Path> made(JobFiles files, Path target, Drawing drawing)
      throws IOException, InterruptedException {
    if (Files.exists(target)) {
      return Optional.of(target);
    }
    Path fresh = Files.createTempFile(files.home(), "drawing-", ".tmp");
    try {
      return switch (drawing.draw(files.video(), fresh)) {
        case RenderOutcome.Rendered rendered -> {
          // Whoever draws the same at the same time draws the same bytes.
          Files.move(
              fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
          yield Optional.of(target);
        }
        case RenderOutcome.Broken broken -> Optional.empty();
      };
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private interface Drawing {
    RenderOutcome draw(Path clip, Path target) throws IOException, InterruptedException;
  }
}
