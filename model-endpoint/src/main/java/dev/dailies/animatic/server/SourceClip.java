package dev.dailies.animatic.server;

import dev.dailies.animatic.jobs.Job;
import dev.dailies.media.MediaProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A clip that another one is made of. Closing it deletes what was sent along.
 *
 * @param job that made it; absent if it was sent along
 * @param file where it lies
 * @param video what it shows
 */
record SourceClip(Optional<Job> job, Path file, MediaProbe.Video video, MediaProbe probe)
    implements AutoCloseable {
  private static final int FASTEST = 60;
  private static final int USUAL_RATE = 24;

  /** Whole frames per second. */
  int rate() {
    long rate = Math.round(video.rate().perSecond());
    return rate < 1 ? USUAL_RATE : (int) Math.min(FASTEST, rate);
  }

  /** How many frames it has at that rate. */
  int frames() {
    if (job.isPresent() && video.frames().isPresent()) {
      return Math.toIntExact(video.frames().get());
    }
    long millis = (video.duration().isZero() ? probe.duration() : video.duration()).toMillis();
    return ClipRequests.framesOf(BigDecimal.valueOf(millis, 3), rate());
  }

  BigDecimal seconds() {
    return BigDecimal.valueOf(frames()).divide(BigDecimal.valueOf(rate()), 3, RoundingMode.HALF_UP);
  }

  @Override
  public void close() {
    if (job.isEmpty()) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException("the clip cannot be deleted", e);
      }
    }
  }
}
