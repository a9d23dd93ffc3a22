package dev.dailies.animatic.controls;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The markers that hold for one job, each with its value ("" if it has none). */
public record Directives(@JsonValue Map<Marker, String> markers) {
  private static final Directives NONE = new Directives(Map.of());
  private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m)?");
  private static final Pattern SIZE = Pattern.compile("(\\d+)(B|KiB|MiB|GiB)?");

  /** Reads every value, so that a wrong one is refused when it is written. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Directives {
    Map<Marker, String> copy = new EnumMap<>(Marker.class);
    copy.putAll(markers);
    markers = Collections.unmodifiableMap(copy);
    duration(markers, Marker.SLOW);
    duration(markers, Marker.TOO_MANY);
    size(markers);
    price(markers);
    count(markers);
  }

  /** Nothing out of the ordinary. */
  public static Directives none() {
    return NONE;
  }

  /** Whether the marker is there. */
  public boolean has(Marker marker) {
    return markers.containsKey(marker);
  }

  /** The marker's value; absent if it has none or is not there. */
  public Optional<String> value(Marker marker) {
    return Optional.ofNullable(markers.get(marker)).filter(value -> !value.isEmpty());
  }

  /** How long the job takes at least. */
  public Duration atLeast() {
    return duration(markers, Marker.SLOW).orElse(Duration.ZERO);
  }

  /** After how long a client that was told 429 may come back. */
  public Duration retryAfter() {
    return duration(markers, Marker.TOO_MANY).orElse(Duration.ofSeconds(1));
  }

  /** How big the content is to be. */
  public Optional<Long> contentSize() {
    return size(markers);
  }

  /** What the job is to cost. */
  public Optional<BigDecimal> price() {
    return price(markers);
  }

  /** How many looks at the job find nothing. */
  public int missingLooks() {
    return count(markers);
  }

  /** These, and those of the other that are not among these. */
  public Directives over(Directives other) {
    Map<Marker, String> all = new EnumMap<>(Marker.class);
    all.putAll(other.markers);
    all.putAll(markers);
    return new Directives(all);
  }

  private static Optional<Duration> duration(Map<Marker, String> markers, Marker marker) {
    return valueOf(markers, marker)
        .map(text -> {
          Matcher parts = matched(DURATION, text, marker);
          double amount = Double.parseDouble(parts.group(1));
          double millis =
              switch (Optional.ofNullable(parts.group(2)).orElse("s")) {
                case "ms" -> amount;
                case "m" -> amount * 60_000;
                default -> amount * 1_000;
              };
          return Duration.ofMillis(Math.round(millis));
        });
  }

  private static Optional<Long> size(Map<Marker, String> markers) {
    return valueOf(markers, Marker.LARGE)
        .map(text -> {
          Matcher parts = matched(SIZE, text, Marker.LARGE);
          int shift =
              switch (Optional.ofNullable(parts.group(2)).orElse("B")) {
                case "KiB" -> 10;
                case "MiB" -> 20;
                case "GiB" -> 30;
                default -> 0;
              };
          return Long.parseLong(parts.group(1)) << shift;
        });
  }

  private static Optional<BigDecimal> price(Map<Marker, String> markers) {
    return valueOf(markers, Marker.PRICE).map(BigDecimal::new);
  }

  private static int count(Map<Marker, String> markers) {
    return valueOf(markers, Marker.MISSING).map(Integer::parseInt).orElse(0);
  }

  private static Optional<String> valueOf(Map<Marker, String> markers, Marker marker) {
    return Optional.ofNullable(markers.get(marker)).filter(text -> !text.isEmpty());
  }

  private static Matcher matched(Pattern pattern, String text, Marker marker) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "[[%s=%s]] has no value that is understood", marker.wire(), text));
    }
    return matcher;
  }
}
