package dev.dailies.asset.quality;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What ffmpeg's detectors say while a file is decoded: a line {@code lavfi.black_start=1.5} when a
 * black stretch begins and another when it ends. A stretch that lasts until the end of the file has
 * no end line. Source: ffmpeg's {@code blackdetect}, {@code freezedetect} and {@code silencedetect}
 * filters, printed by {@code metadata}.
 */
public final class SignalReport {
  private enum Detector {
    BLACK(FindingCode.BLACK, "black_start", "black_end"),
    FROZEN(FindingCode.FROZEN, "freezedetect.freeze_start", "freezedetect.freeze_end"),
    SILENT(FindingCode.SILENT, "silence_start", "silence_end");

    private final FindingCode finding;
    private final String start;
    private final String end;

    Detector(FindingCode finding, String start, String end) {
      this.finding = finding;
      this.start = "lavfi." + start + "=";
      this.end = "lavfi." + end + "=";
    }
  }

  private static final String FRAMES = "frame=";
  // The file is hostile: it may make a detector speak at every frame.
  private static final int MOST_LINES = 200_000;

  private final Map<Detector, Double> open = new EnumMap<>(Detector.class);
  private final Map<Detector, Double> seconds = new EnumMap<>(Detector.class);
  private Optional<Long> frames = Optional.empty();

  private SignalReport() {}

  /** Reads what ffmpeg printed about a file of this length. */
  public static SignalReport read(Stream<String> lines, Duration length) {
    SignalReport report = new SignalReport();
    lines.limit(MOST_LINES).forEach(report::line);
    double end = length.toNanos() / 1e9;
    for (Detector detector : List.copyOf(report.open.keySet())) {
      report.close(detector, end);
    }
    return report;
  }

  private void line(String line) {
    if (line.startsWith(FRAMES)) {
      number(line.substring(FRAMES.length())).ifPresent(n -> frames = Optional.of(n.longValue()));
      return;
    }
    for (Detector detector : Detector.values()) {
      if (line.startsWith(detector.start)) {
        number(line.substring(detector.start.length())).ifPresent(at -> open.put(detector, at));
      } else if (line.startsWith(detector.end)) {
        number(line.substring(detector.end.length())).ifPresent(at -> close(detector, at));
      }
    }
  }

  private void close(Detector detector, double at) {
    Double start = open.remove(detector);
    if (start != null) {
      seconds.merge(detector, Math.max(0, at - start), Double::sum);
    }
  }

  private static Optional<Double> number(String text) {
    try {
      return Optional.of(Double.valueOf(text.strip()));
    } catch (NumberFormatException e) {
      // ffmpeg writes N/A where it knows no number.
      return Optional.empty();
    }
  }

  /** How many frames were decoded, if ffmpeg got so far as to say. */
  public Optional<Long> frames() {
    return frames;
  }

  /** What stood out, in milliseconds; none of it fatal. */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    seconds.forEach((detector, length) ->
        findings.add(Finding.of(detector.finding, Math.round(length * 1000))));
    return findings;
  }
}
