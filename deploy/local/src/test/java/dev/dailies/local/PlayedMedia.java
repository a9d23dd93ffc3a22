package dev.dailies.local;

import dev.dailies.media.Ffprobe;
import dev.dailies.media.MediaProbe;
import dev.dailies.media.ProbeOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a player finds in a file: ffprobe's word, not ours. */
record PlayedMedia(Path file, MediaProbe probe) {
  static PlayedMedia of(Path file) {
    try {
      return switch (Ffprobe.probeCounting(file)) {
        case ProbeOutcome.Probed probed -> new PlayedMedia(file, probed.probe());
        case ProbeOutcome.Unreadable unreadable -> throw new AssertionError(unreadable.why());
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String videoCodec() {
    return probe.video().orElseThrow().codec();
  }

  String audioCodec() {
    return probe.audio().orElseThrow().codec();
  }

  String size() {
    return probe.video().orElseThrow().width() + "x" + probe.video().orElseThrow().height();
  }

  double seconds() {
    return probe.video().orElseThrow().frames().orElseThrow() * frame();
  }

  /** Length of a frame in seconds. */
  double frame() {
    return 1 / probe.video().orElseThrow().rate().perSecond();
  }

  boolean bytesContain(String text) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
