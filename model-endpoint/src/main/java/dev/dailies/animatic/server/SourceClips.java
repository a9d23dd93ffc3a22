package dev.dailies.animatic.server;

import dev.dailies.animatic.jobs.Job;
import dev.dailies.animatic.jobs.JobStore;
import dev.dailies.animatic.journal.VideoId;
import dev.dailies.media.Ffprobe;
import dev.dailies.media.MediaProbe;
import dev.dailies.media.ProbeOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds the clips that others are made of, and looks at them before they are accepted for money.
 */
final class SourceClips {
  private static final Duration LONGEST = Duration.ofSeconds(120);
  private static final int LARGEST_SIDE = 4096;

  private final JobStore store;

  SourceClips(JobStore store) {
    this.store = store;
  }

  /** What {@code video}, {@code video[id]} or a file named {@code video} gives. */
  SourceClip of(VideoFields fields) {
    Optional<SentFile> file = fields.file("video");
    Optional<String> id = fields.text("video[id]").or(() -> fields.text("video"));
    if (file.isPresent() == id.isPresent()) {
      throw ApiError.invalid("video", "A video is needed: its id, or a file, and not both.");
    }
    return id.isPresent() ? named(id.get(), "video") : sent(file.orElseThrow());
  }

  /** The finished video of that id. */
  SourceClip named(String id, String param) {
    Job job =
        VideoId.parse(id).flatMap(store::find).orElseThrow(() -> ApiError.unknownVideo(param));
    return switch (job.status()) {
      case QUEUED, IN_PROGRESS ->
          throw ApiError.refused(
              400, "video_not_ready", Optional.of(param), "That video is not finished yet.");
      case FAILED ->
          throw ApiError.refused(
              400,
              "video_failed",
              Optional.of(param),
              "That video failed; there is nothing of it.");
      case COMPLETED -> looked(Optional.of(job), store.files(job.id()).video(), param);
    };
  }

  /** The picture that the source was made from, if it was made from one. */
  Optional<byte[]> still(SourceClip source) {
    try {
      Optional<Job> started = source.job().filter(job -> job.request().still());
      return started.isPresent()
          ? Optional.of(Files.readAllBytes(store.files(started.get().id()).still()))
          : Optional.empty();
    } catch (NoSuchFileException swept) {
      throw ApiError.unknownVideo();
    } catch (IOException e) {
      throw new UncheckedIOException("the picture cannot be read", e);
    }
  }

  private static SourceClip sent(SentFile sent) {
    Path file = null;
    boolean good = false;
    try {
      file = Files.createTempFile("animatic-source", "");
      try (InputStream in = sent.content().open()) {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      }
      SourceClip source = looked(Optional.empty(), file, "video");
      good = true;
      return source;
    } catch (IOException e) {
      throw new UncheckedIOException("the clip cannot be kept", e);
    } finally {
      if (!good) {
        discard(Optional.ofNullable(file));
      }
    }
  }

  private static SourceClip looked(Optional<Job> job, Path file, String param) {
    try {
      // The container of our own clips is believed to be right, but not to be there still.
      if (!Files.exists(file)) {
        throw ApiError.unknownVideo(param);
      }
      return switch (job.isPresent() ? Ffprobe.probeCounting(file) : Ffprobe.probe(file)) {
        case ProbeOutcome.Probed(MediaProbe probe) -> fitting(job, file, probe, param);
        case ProbeOutcome.Unreadable unreadable -> throw unusable(param);
      };
    } catch (IOException e) {
      throw new UncheckedIOException("the clip cannot be looked at", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiError.fault("The server stops.");
    }
  }

  private static SourceClip fitting(Optional<Job> job, Path file, MediaProbe probe, String param) {
    MediaProbe.Video video = probe.video().orElseThrow(() -> unusable(param));
    boolean container = probe.isMp4() || probe.container().contains("matroska");
    boolean size =
        Math.min(video.width(), video.height()) > 0
            && Math.max(video.width(), video.height()) <= LARGEST_SIDE;
    if (!container || !size || !probe.duration().isPositive()) {
      throw unusable(param);
    }
    if (probe.duration().compareTo(LONGEST) > 0) {
      throw ApiError.invalid(param, "A video of at most 120 seconds can be worked on.");
    }
    return new SourceClip(job, file, video, probe);
  }

  private static ApiError unusable(String param) {
    return ApiError.invalid(
        param, "That is no MP4, MOV or WebM with a picture of at most 4096 a side.");
  }

  private static void discard(Optional<Path> file) {
    try {
      if (file.isPresent()) {
        Files.deleteIfExists(file.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the clip cannot be deleted", e);
    }
  }
}
