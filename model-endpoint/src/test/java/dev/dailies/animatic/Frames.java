package dev.dailies.animatic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.media.FfmpegCommand;
import dev.dailies.media.FfmpegProcess;
import dev.dailies.media.FfmpegResult;
import java.io.InputStream;
import java.nio.file.Path;

/** Decoded pictures and sound, to look and listen at. */
final class Frames {
  private Frames() {}

  /** One frame, three bytes per pixel: red, green, blue. */
  static byte[] at(Path clip, int frame, int width, int height) throws Exception {
    byte[] pixels =
        decoded(
            FfmpegCommand.create()
                .input(clip)
                .arguments("-vf", "select=eq(n\\," + frame + ")", "-frames:v", "1")
                .outputPipe("-f", "rawvideo", "-pix_fmt", "rgb24"));
    assertThat(pixels).hasSize(width * height * 3);
    return pixels;
  }

  /** The loudest sample of the sound track, 0 to 32768. */
  static int loudest(Path clip) throws Exception {
    byte[] samples =
        decoded(FfmpegCommand.create().input(clip).outputPipe("-vn", "-ac", "1", "-f", "s16le"));
    int loudest = 0;
    for (int i = 0; i + 1 < samples.length; i += 2) {
      int sample = (short) ((samples[i] & 0xff) | (samples[i + 1] << 8));
      loudest = Math.max(loudest, Math.abs(sample));
    }
    return loudest;
  }

  /** The mean difference of two pictures' bytes. */
  static double difference(byte[] one, byte[] other) {
    assertThat(one).hasSameSizeAs(other);
    long sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.abs((one[i] & 0xff) - (other[i] & 0xff));
    }
    return (double) sum / one.length;
  }

  private static byte[] decoded(FfmpegCommand command) throws Exception {
    try (FfmpegProcess process = command.start();
        InputStream out = process.output()) {
      byte[] all = out.readAllBytes();
      assertThat(process.await()).isInstanceOf(FfmpegResult.Done.class);
      return all;
    }
  }
}
