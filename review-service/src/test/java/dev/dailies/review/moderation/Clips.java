package dev.dailies.review.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.media.FfmpegCommand;
import dev.dailies.media.FfmpegResult;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Small real clips, H.264 and AAC, one second of 24 frames. */
public final class Clips {
  private static final List<String> BARS =
      List.of("BFBFBF", "BFBF00", "00BFBF", "00BF00", "BF00BF", "BF0000", "0000BF");

  private Clips() {}

  /** Moving, with sound, and nothing to object to. */
  public static Path ordinary(Path file, int width, int height) throws Exception {
    return encode(file, "testsrc2=s=%dx%d:r=24:d=1,format=yuv420p[v]".formatted(width, height));
  }

  /** The seven colour bars over the whole picture. */
  public static Path testCard(Path file, int width, int height) throws Exception {
    return encode(file, bars(width, height, height) + ",format=yuv420p[v]");
  }

  /** An ordinary clip that turns into the colour bars for its last quarter. */
  public static Path testCardAtTheEnd(Path file, int width, int height) throws Exception {
    String picture =
        "testsrc2=s=%dx%d:r=24:d=1[a];%s[b];[a][b]overlay=enable='gte(t,0.75)',format=yuv420p[v]"
            .formatted(width, height, bars(width, height, height));
    return encode(file, picture);
  }

  /** The engineering picture whose bars end after two thirds of the height. */
  public static Path engineeringBars(Path file) throws Exception {
    return encode(file, "smptebars=s=320x180:r=24:d=1,format=yuv420p[v]");
  }

  /** Pictures without sound. */
  public static Path silent(Path file) throws Exception {
    return run(
        FfmpegCommand.create()
            .arguments("-filter_complex", "testsrc2=s=160x90:r=24:d=1,format=yuv420p[v]")
            .arguments("-map", "[v]", "-c:v", "libopenh264")
            .output(file),
        file);
  }

  private static String bars(int width, int height, int barHeight) {
    String colours =
        IntStream.range(0, BARS.size())
            .mapToObj(
                i -> "color=c=0x%s:s=20x%d:r=24:d=1[c%d]".formatted(BARS.get(i), barHeight, i))
            .collect(Collectors.joining(";"));
    String inputs =
        IntStream.range(0, BARS.size()).mapToObj("[c%d]"::formatted).collect(Collectors.joining());
    return "%s;%shstack=inputs=7,scale=%d:%d:flags=neighbor"
        .formatted(colours, inputs, width, height);
  }

  private static Path encode(Path file, String picture) throws Exception {
    return run(
        FfmpegCommand.create()
            .arguments("-filter_complex", picture + ";sine=f=440:d=1:r=48000[s]")
            .arguments("-map", "[v]", "-map", "[s]", "-c:v", "libopenh264", "-b:v", "150k")
            .arguments("-c:a", "aac")
            .output(file, "-movflags", "+faststart"),
        file);
  }

  private static Path run(FfmpegCommand command, Path file) throws Exception {
    assertThat(command.threads(1).run()).isInstanceOf(FfmpegResult.Done.class);
    return file;
  }
}
