package dev.dailies.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says what a file is, without decoding it. The same guards as in {@link FfmpegCommand} apply; the
 * answer of the program is capped, its time too.
 *
 * @param limit wall clock
 * @param countFrames whether to read the whole file and count its frames exactly; else the
 *     container is believed
 */
public record Ffprobe(Duration limit, boolean countFrames) {
  private static final int ANSWER_LIMIT = 1 << 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Looks at a file for at most 30 s, believing its container. */
  public static ProbeOutcome probe(Path file) throws IOException, InterruptedException {
    return new Ffprobe(Duration.ofSeconds(30), false).look(file);
  }

  /** Looks at a file for at most two minutes and counts its frames. */
  public static ProbeOutcome probeCounting(Path file) throws IOException, InterruptedException {
    return new Ffprobe(Duration.ofMinutes(2), true).look(file);
  }

  /**
   * Looks at the file.
   *
   * @throws IOException if the program could not be run; what is wrong with the file is an answer
   */
  public ProbeOutcome look(Path file) throws IOException, InterruptedException {
    if (!Files.isRegularFile(file)) {
      return new ProbeOutcome.Unreadable("no such file");
    }
    MediaPrograms programs = MediaPrograms.shared();
    List<String> line = new ArrayList<>();
    line.add(programs.ffprobe().toString());
    line.addAll(List.of("-hide_banner", "-loglevel", "error", "-of", "json=compact=1"));
    line.addAll(List.of("-show_format", "-show_streams"));
    if (countFrames) {
      line.add("-count_packets");
    }
    line.addAll(List.of("-max_pixels", FfmpegCommand.MOST_PIXELS));
    line.addAll(List.of("-protocol_whitelist", "file"));
    line.addAll(List.of("-format_whitelist", FfmpegCommand.SELF_CONTAINED_FORMATS));
    line.addAll(List.of("-i", FfmpegCommand.address(file)));
    List<String> confined =
        Confinement.of(limit, 1, 0)
            .around(line, List.of(file.toAbsolutePath().normalize()), List.of());
    try (FfmpegProcess process =
        FfmpegProcess.start(confined, programs.environment(), false, true, limit)) {
      byte[] answer = readAnswer(process);
      if (answer.length == ANSWER_LIMIT) {
        return new ProbeOutcome.Unreadable("describes itself in more than a mebibyte");
      }
      return switch (process.await()) {
        case FfmpegResult.Done done -> describe(new String(answer, StandardCharsets.UTF_8));
        case FfmpegResult.Failed failed -> new ProbeOutcome.Unreadable(reason(failed.tail(), file));
        case FfmpegResult.TimedOut late ->
            new ProbeOutcome.Unreadable("not told within " + late.limit().toSeconds() + " s");
        case FfmpegResult.Cancelled cancelled -> new ProbeOutcome.Unreadable("cancelled");
      };
    }
  }

  private static byte[] readAnswer(FfmpegProcess process) {
    try (InputStream out = process.output()) {
      return out.readNBytes(ANSWER_LIMIT);
    } catch (IOException e) {
      throw new UncheckedIOException("the answer of ffprobe cannot be read", e);
    }
  }

  private static String reason(String tail, Path file) {
    String last = tail.substring(tail.lastIndexOf('\n') + 1);
    String prefix = FfmpegCommand.address(file) + ": ";
    return last.startsWith(prefix) ? last.substring(prefix.length()) : last;
  }

  private static ProbeOutcome describe(String raw) {
    JsonNode root;
    try {
      root = JSON.readTree(raw);
    } catch (JacksonException e) {
      return new ProbeOutcome.Unreadable("its description is not JSON");
    }
    JsonNode format = root.path("format");
    if (!format.isObject() || root.path("streams").isEmpty()) {
      return new ProbeOutcome.Unreadable("holds no streams");
    }
    Optional<MediaProbe.Video> video = Optional.empty();
    Optional<MediaProbe.Audio> audio = Optional.empty();
    for (JsonNode stream : root.path("streams")) {
      boolean cover = stream.path("disposition").path("attached_pic").asInt(0) == 1;
      String kind = text(stream, "codec_type");
      if (kind.equals("video") && !cover && video.isEmpty()) {
        video = Optional.of(video(stream));
      } else if (kind.equals("audio") && audio.isEmpty()) {
        audio = Optional.of(audio(stream));
      }
    }
    Map<String, String> tags = new TreeMap<>();
    format
        .path("tags")
        .properties()
        .forEach(t -> tags.put(t.getKey().toLowerCase(Locale.ROOT), t.getValue().asString("")));
    return new ProbeOutcome.Probed(
        new MediaProbe(
            text(format, "format_name"),
            seconds(format),
            number(format, "size").orElse(0L),
            video,
            audio,
            root.path("streams").size(),
            tags,
            raw));
  }

  private static MediaProbe.Video video(JsonNode stream) {
    return new MediaProbe.Video(
        text(stream, "codec_name"),
        text(stream, "profile"),
        stream.path("width").asInt(0),
        stream.path("height").asInt(0),
        text(stream, "pix_fmt"),
        rate(text(stream, "avg_frame_rate")),
        number(stream, "nb_read_packets").or(() -> number(stream, "nb_frames")),
        seconds(stream));
  }

  private static MediaProbe.Audio audio(JsonNode stream) {
    return new MediaProbe.Audio(
        text(stream, "codec_name"),
        number(stream, "sample_rate").map(Long::intValue).orElse(0),
        stream.path("channels").asInt(0),
        seconds(stream));
  }

  private static MediaProbe.Rate rate(String fraction) {
    String[] parts = fraction.split("/", 2);
    try {
      return parts.length == 2
          ? new MediaProbe.Rate(Long.parseLong(parts[0]), Long.parseLong(parts[1]))
          : new MediaProbe.Rate(0, 1);
    } catch (NumberFormatException e) {
      return new MediaProbe.Rate(0, 1);
    }
  }

  private static Duration seconds(JsonNode node) {
    try {
      return Duration.ofNanos(new BigDecimal(text(node, "duration")).movePointRight(9).longValue());
    } catch (NumberFormatException absent) {
      return Duration.ZERO;
    }
  }

  private static Optional<Long> number(JsonNode node, String name) {
    try {
      return Optional.of(Long.parseLong(text(node, name)));
    } catch (NumberFormatException absent) {
      return Optional.empty();
    }
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }
}
