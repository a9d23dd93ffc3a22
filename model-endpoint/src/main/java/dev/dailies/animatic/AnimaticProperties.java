package dev.dailies.animatic;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * The endpoint's settings; see {@code application.yml} for what each means.
 *
 * @param data folder of journal and clips
 * @param slots jobs worked on at a time
 * @param queue jobs that may wait beyond those
 * @param models names that are taken; the first is meant when none is given
 * @param key bearer key; empty: none is asked for
 * @param pricePerSecond of clip asked for
 * @param currency ISO 4217
 * @param keep how long an ended job is known
 * @param keepBytes how much room all clips may take
 * @param pollAfter what clients are told to wait between looks
 * @param renderLimit the longest that one clip may take
 * @param controls whether misbehaviour on demand is allowed
 * @param forgetful whether a restart forgets all jobs
 */
@ConfigurationProperties("dailies.animatic")
public record AnimaticProperties(
    Path data,
    int slots,
    int queue,
    List<String> models,
    String key,
    BigDecimal pricePerSecond,
    String currency,
    Duration keep,
    DataSize keepBytes,
    Duration pollAfter,
    Duration renderLimit,
    boolean controls,
    boolean forgetful) {

  public AnimaticProperties {
    if (slots < 1 || queue < 0) {
      throw new IllegalArgumentException(
          "dailies.animatic.slots is at least 1 and queue not negative: " + slots + ", " + queue);
    }
    if (models.isEmpty() || models.getFirst().isBlank()) {
      throw new IllegalArgumentException("dailies.animatic.models names at least one model");
    }
    models = List.copyOf(models);
  }
}
