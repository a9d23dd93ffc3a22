package dev.dailies.review.moderation;

import dev.dailies.media.FfmpegCommand;
import dev.dailies.media.FfmpegResult;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Samples with one run of ffmpeg for pictures and sound. Pictures come as a row of PPM files, which
 * name their own size; sound as WAV.
 */
final class FfmpegFrameSampler implements FrameSampler {
  private static final int WIDEST = 512;
  private static final int SAMPLE_RATE = 16_000;
  private static final Duration LONGEST_SOUND = Duration.ofMinutes(10);
  private static final long LARGEST_FILE = 256L << 20;

  private final Duration limit;

  FfmpegFrameSampler(Duration limit) {
    this.limit = limit;
  }

  @Override
  public Sampling sample(Path clip, Duration length, int frames, boolean withSound, Path scratch)
      throws InterruptedException {
    Path pictures = scratch.resolve("frames.ppm");
    Path sound = scratch.resolve("sound.wav");
    try {
      FfmpegResult result = run(clip, length, frames, pictures, withSound ? sound : null);
      if (withSound && result instanceof FfmpegResult.Failed) {
        // The sound that was promised may be missing, which is no reason not to look.
        result = run(clip, length, frames, pictures, null);
      }
      return switch (result) {
        case FfmpegResult.Done done -> taken(length, pictures, sound);
        case FfmpegResult.Failed failed -> new Sampling.Unreadable("exit " + failed.exit());
        case FfmpegResult.TimedOut late -> new Sampling.Failed("took longer than " + late.limit());
        case FfmpegResult.Cancelled cancelled -> new Sampling.Failed("cancelled");
      };
    } catch (IOException e) {
      return new Sampling.Failed(e.toString());
    }
  }

  private FfmpegResult run(
      Path clip, Duration length, int frames, Path pictures, @Nullable Path sound)
      throws IOException, InterruptedException {
    double rate = length.isPositive() ? frames * 1000.0 / length.toMillis() : 1;
    String filter =
        String.format(Locale.ROOT, "fps=fps=%.6f:round=near,scale='min(%d,iw)':-2", rate, WIDEST);
    FfmpegCommand command =
        FfmpegCommand.create()
            .input(clip)
            .arguments("-map", "0:v:0", "-vf", filter, "-frames:v", String.valueOf(frames))
            .output(pictures, "-c:v", "ppm", "-f", "image2pipe");
    if (sound != null) {
      command =
          command
              .arguments("-map", "0:a:0", "-ac", "1", "-ar", String.valueOf(SAMPLE_RATE))
              .arguments("-t", String.valueOf(LONGEST_SOUND.toSeconds()))
              .output(sound, "-c:a", "pcm_s16le", "-bitexact", "-f", "wav");
    }
    return command.threads(1).fileLimit(LARGEST_FILE).limit(limit).run();
  }

  private static Sampling taken(Duration length, Path pictures, Path sound) throws IOException {
    List<Frame> frames = readPictures(pictures, length);
    return frames.isEmpty()
        ? new Sampling.Unreadable("it holds no picture")
        : new Sampling.Sampled(frames, readSound(sound));
  }

  private static List<Frame> readPictures(Path file, Duration length) throws IOException {
    List<byte[]> pixels = new ArrayList<>();
    List<int[]> sizes = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      for (String magic = word(in); magic.equals("P6"); magic = word(in)) {
        int width = Integer.parseInt(word(in));
        int height = Integer.parseInt(word(in));
        if (!word(in).equals("255")) {
          throw new IOException("a picture of other than eight bits");
        }
        byte[] rgb = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
        in.readFully(rgb);
        pixels.add(rgb);
        sizes.add(new int[] {width, height});
      }
    }
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < pixels.size(); i++) {
      Duration at = length.multipliedBy(i).dividedBy(pixels.size());
      frames.add(new Frame(at, sizes.get(i)[0], sizes.get(i)[1], pixels.get(i)));
    }
    return frames;
  }

  /** A word of a PPM header, with the one white space after it; empty at the end of the file. */
  private static String word(InputStream in) throws IOException {
    StringBuilder word = new StringBuilder();
    for (int c = in.read(); c >= 0 && !Character.isWhitespace(c); c = in.read()) {
      word.append((char) c);
    }
    return word.toString();
  }

  private static Optional<Soundtrack> readSound(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    long samples = 0;
    int peak = 0;
    double squares = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      in.skipNBytes(44);
      byte[] block = new byte[8192];
      for (int n = in.readNBytes(block, 0, block.length);
          n > 1;
          n = in.readNBytes(block, 0, block.length)) {
        for (int i = 0; i + 1 < n; i += 2) {
          int sample = (short) (block[i] & 0xff | block[i + 1] << 8);
          peak = Math.max(peak, Math.abs(sample));
          squares += (double) sample * sample;
          samples++;
        }
      }
    }
    return samples == 0
        ? Optional.empty()
        : Optional.of(
            new Soundtrack(
                file,
                SAMPLE_RATE,
                Duration.ofMillis(samples * 1000 / SAMPLE_RATE),
                peak / 32768.0,
                Math.sqrt(squares / samples) / 32768.0));
  }
}
