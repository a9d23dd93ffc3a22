package dev.dailies.media;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a file is, as its container and streams say.
 *
 * @param container ffprobe's names of the format, e.g. {@code mov,mp4,m4a,3gp,3g2,mj2}
 * @param duration of the longest stream, as the container says; zero if it doesn't
 * @param size in bytes
 * @param video the first video stream that is no cover picture
 * @param audio the first audio stream
 * @param streams how many streams of any kind there are
 * @param tags of the container, with lower-case names
 * @param raw ffprobe's whole answer, JSON
 */
public record MediaProbe(
    String container,
    Duration duration,
    long size,
    Optional<Video> video,
    Optional<Audio> audio,
    int streams,
    Map<String, String> tags,
    String raw) {

  public MediaProbe {
    tags = Map.copyOf(tags);
  }

  /** Whether the container is of the MP4 family. */
  public boolean isMp4() {
    return container.contains("mp4");
  }

  /**
   * The picture.
   *
   * @param codec e.g. {@code h264}
   * @param width in pixels, as stored
   * @param height in pixels, as stored
   * @param pixelFormat e.g. {@code yuv420p}
   * @param rate frames per second as a fraction, e.g. 24/1; 0/1 if unknown
   * @param frames exact when asked to be counted, else as the container says; absent if it doesn't
   * @param duration of this stream; zero if unknown
   */
  public record Video(
      String codec,
      String profile,
      int width,
      int height,
      String pixelFormat,
      Rate rate,
      Optional<Long> frames,
      Duration duration) {}

  /** The sound; the rate in hertz. */
  public record Audio(String codec, int sampleRate, int channels, Duration duration) {}

  /** A fraction of frames per second. */
  public record Rate(long numerator, long denominator) {
    /** As a number; zero if unknown. */
    public double perSecond() {
      return denominator == 0 ? 0 : (double) numerator / denominator;
    }
  }
}
