package dev.dailies.prompt.generation;

import dev.dailies.contracts.FailureKind;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings under {@code dailies.generation}.
 *
 * @param pollAfter when clients are told to ask again
 * @param moderationPatience how long moderation may hold a video before clients see it as failed
 * @param largestBody most bytes of a JSON request, or of a form without its file; a picture of 20
 *     MiB as a data URL fits into 28 MB
 * @param largestUpload largest file of a form; what is taken as a picture is smaller
 * @param largestInput largest reference that a render may start from; not above what workers fetch
 * @param attempts most attempts that count
 * @param attemptsByKind most attempts for some kinds of failure
 * @param backoff first wait before an attempt at the same endpoint, where nobody named a time
 * @param longestBackoff the wait doubles up to this
 */
@ConfigurationProperties(prefix = "dailies.generation", ignoreUnknownFields = false)
public record GenerationProperties(
    @DefaultValue("1s") Duration pollAfter,
    @DefaultValue("24h") Duration moderationPatience,
    @DefaultValue("28MB") DataSize largestBody,
    @DefaultValue("256MB") DataSize largestUpload,
    @DefaultValue("200MB") DataSize largestInput,
    @DefaultValue("3") int attempts,
    @DefaultValue Map<FailureKind, Integer> attemptsByKind,
    @DefaultValue("2s") Duration backoff,
    @DefaultValue("60s") Duration longestBackoff) {
  private static final long SMALLEST_BODY = 1024;

  public GenerationProperties {
    if (largestBody.toBytes() < SMALLEST_BODY || largestBody.toBytes() >= Integer.MAX_VALUE) {
      throw new IllegalArgumentException("largest-body lies between 1 KB and 2 GB");
    }
  }

  /** The retry policy they make. */
  RetryPolicy retryPolicy() {
    return new RetryPolicy(attempts, attemptsByKind, backoff, longestBackoff);
  }
}
