package dev.dailies.asset.quality;

import dev.dailies.media.MediaProbe;
import dev.dailies.media.MediaProbe.Video;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Checks of what a file says it is, before anything in it is decoded. What it says decides how much
 * decoding may cost, so the caps are checked first and alone.
 */
public final class StructureChecks {
  private static final int MOST_STREAMS = 8;
  private static final int MOST_PIXELS_A_SIDE = 8192;
  // No H.264 encoder takes less.
  private static final int LEAST_PIXELS_A_SIDE = 16;
  private static final double MOST_FRAMES_A_SECOND = 240;
  private static final double RATE_TOLERANCE = 0.01;
  // Containers round lengths to their own clock.
  private static final Duration ROUNDING = Duration.ofMillis(2);

  private final Duration longest;

  public StructureChecks(Duration longest) {
    this.longest = longest;
  }

  /** Everything that is wrong with the file as it presents itself. */
  public List<Finding> findings(MediaProbe probe, Expectation expected) {
    Optional<Video> video = probe.video();
    if (video.isEmpty()) {
      return List.of(Finding.of(FindingCode.NO_PICTURE));
    }
    Optional<Finding> cap = caps(probe, video.get());
    if (cap.isPresent()) {
      return List.of(cap.get());
    }
    Stream<Function<Video, Optional<Finding>>> checks =
        Stream.of(
            v -> size(v, expected),
            v -> length(v, probe, expected),
            v -> rate(v, expected),
            v -> sound(probe, expected));
    return checks.map(check -> check.apply(video.get())).flatMap(Optional::stream).toList();
  }

  private Optional<Finding> caps(MediaProbe probe, Video video) {
    if (probe.streams() > MOST_STREAMS) {
      return Optional.of(
          Finding.of(FindingCode.BEYOND_LIMITS, probe.streams() + " streams", MOST_STREAMS));
    }
    if (Math.max(video.width(), video.height()) > MOST_PIXELS_A_SIDE
        || Math.min(video.width(), video.height()) < LEAST_PIXELS_A_SIDE) {
      return Optional.of(
          Finding.of(
              FindingCode.BEYOND_LIMITS,
              sizeOf(video),
              LEAST_PIXELS_A_SIDE + " to " + MOST_PIXELS_A_SIDE));
    }
    if (video.rate().perSecond() > MOST_FRAMES_A_SECOND) {
      return Optional.of(
          Finding.of(
              FindingCode.BEYOND_LIMITS, video.rate().perSecond() + "/s", MOST_FRAMES_A_SECOND));
    }
    return lengthOf(video, probe).compareTo(longest) > 0
        ? Optional.of(Finding.of(FindingCode.BEYOND_LIMITS, lengthOf(video, probe), longest))
        : Optional.empty();
  }

  private static Optional<Finding> size(Video video, Expectation expected) {
    return video.width() == expected.width() && video.height() == expected.height()
        ? Optional.empty()
        : Optional.of(
            Finding.of(
                FindingCode.SIZE_MISMATCH,
                sizeOf(video),
                expected.width() + "x" + expected.height()));
  }

  private static Optional<Finding> length(Video video, MediaProbe probe, Expectation expected) {
    double rate = video.rate().perSecond();
    if (expected.length().isZero() || rate <= 0) {
      return Optional.empty();
    }
    Duration frame = Duration.ofNanos((long) (1e9 / rate));
    Duration length = lengthOf(video, probe);
    Duration off = length.minus(expected.length()).abs();
    return off.compareTo(frame.plus(ROUNDING)) <= 0
        ? Optional.empty()
        : Optional.of(
            Finding.of(
                FindingCode.LENGTH_MISMATCH, length.toMillis(), expected.length().toMillis()));
  }

  private static Optional<Finding> rate(Video video, Expectation expected) {
    return expected
        .frameRate()
        .filter(wanted -> Math.abs(video.rate().perSecond() - wanted) > RATE_TOLERANCE * wanted)
        .map(wanted -> Finding.of(FindingCode.RATE_MISMATCH, video.rate().perSecond(), wanted));
  }

  private static Optional<Finding> sound(MediaProbe probe, Expectation expected) {
    boolean there = probe.audio().isPresent();
    return switch (expected.sound()) {
      case WANTED -> there ? Optional.empty() : Optional.of(Finding.of(FindingCode.AUDIO_MISSING));
      case UNWANTED ->
          there ? Optional.of(Finding.of(FindingCode.AUDIO_UNWANTED)) : Optional.empty();
      case EITHER -> Optional.empty();
    };
  }

  /** The length of the picture; of the container where the picture does not tell. */
  public static Duration lengthOf(Video video, MediaProbe probe) {
    return video.duration().isZero() ? probe.duration() : video.duration();
  }

  private static String sizeOf(Video video) {
    return video.width() + "x" + video.height();
  }
}
