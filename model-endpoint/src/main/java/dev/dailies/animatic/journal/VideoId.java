package dev.dailies.animatic.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * A job's id: {@code video_} and 32 hexadecimal digits, of which the first sixteen are its time.
 */
public record VideoId(@JsonValue String value) implements Comparable<VideoId> {
  private static final Pattern FORM = Pattern.compile("video_[0-9a-f]{32}");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final AtomicLong LAST = new AtomicLong();

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public VideoId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("not a video's id");
    }
  }

  /** A new id, greater than every one before it in this process. */
  public static VideoId mint(Instant now) {
    // Microseconds, and never the same one twice, so that ids sort as they were accepted.
    long wanted = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    long time = LAST.updateAndGet(last -> Math.max(last + 1, wanted));
    byte[] rest = new byte[8];
    RANDOM.nextBytes(rest);
    return new VideoId(
        "video_" + HexFormat.of().toHexDigits(time) + HexFormat.of().formatHex(rest));
  }

  /** The id, if the text is one. */
  public static Optional<VideoId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new VideoId(text)) : Optional.empty();
  }

  @Override
  public int compareTo(VideoId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
