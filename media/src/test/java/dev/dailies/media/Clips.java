package dev.dailies.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** Small real clips to test on. */
final class Clips {
  private Clips() {}

  /** H.264 and AAC, 160 by 90, 24 frames a second. */
  static Path make(Path file, int seconds) throws Exception {
    FfmpegResult result =
        FfmpegCommand.create()
            .arguments(
                "-filter_complex",
                "testsrc2=s=160x90:r=24:d="
                    + seconds
                    + ",format=yuv420p[v];sine=d="
                    + seconds
                    + ":r=48000[a]")
            .arguments("-map", "[v]", "-map", "[a]", "-c:v", "libopenh264", "-c:a", "aac")
            .output(file, "-movflags", "+faststart")
            .threads(1)
            .run();
    assertThat(result).isInstanceOf(FfmpegResult.Done.class);
    return file;
  }
}
