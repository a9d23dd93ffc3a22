package dev.dailies.animatic.server;

import dev.dailies.media.Ffprobe;
import dev.dailies.media.MediaProbe;
import dev.dailies.media.ProbeOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Looks at a picture before it is accepted for money. */
final class Stills {
  private static final Set<String> CODECS = Set.of("png", "mjpeg", "webp", "gif");
  private static final int LARGEST_SIDE = 8192;

  private Stills() {}

  static void check(byte[] picture) {
    Path file = null;
    try {
      file = Files.createTempFile("animatic-still", "");
      Files.write(file, picture);
      boolean good =
          switch (Ffprobe.probe(file)) {
            case ProbeOutcome.Probed probed -> isPicture(probed.probe().video());
            case ProbeOutcome.Unreadable unreadable -> false;
          };
      if (!good) {
        throw ApiError.invalid(
            "input_reference", "A reference is a PNG, JPEG, WebP or GIF of at most 8192 a side.");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the picture cannot be looked at", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiError.fault("The server stops.");
    } finally {
      discard(Optional.ofNullable(file));
    }
  }

  private static boolean isPicture(Optional<MediaProbe.Video> video) {
    return video
        .filter(v -> CODECS.contains(v.codec()))
        .filter(v -> v.width() > 0 && v.width() <= LARGEST_SIDE)
        .filter(v -> v.height() > 0 && v.height() <= LARGEST_SIDE)
        .isPresent();
  }

  private static void discard(Optional<Path> file) {
    try {
      if (file.isPresent()) {
        Files.deleteIfExists(file.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the picture cannot be deleted", e);
    }
  }
}
