package dev.dailies.animatic.render;

import dev.dailies.media.FfmpegCommand;
import dev.dailies.media.FfmpegProcess;
import dev.dailies.media.FfmpegResult;
import dev.dailies.media.Ffprobe;
import dev.dailies.media.ProbeOutcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Renders each clip by one ffmpeg process with one thread: H.264 (OpenH264) and AAC in an MP4 whose
 * index stands in front. Bit for bit the same for the same specification.
 */
public final class FfmpegClipRenderer implements ClipRenderer {
  private static final List<String> REPEATABLE =
      List.of(
          "-map_metadata",
          "-1",
          "-fflags",
          "+bitexact",
          "-flags:v",
          "+bitexact",
          "-flags:a",
          "+bitexact");

  private final Path font;
  private final Duration limit;

  /**
   * Unpacks the caption's font into the folder: a machine without a desktop has none.
   *
   * @param limit the longest that one clip may take
   */
  public FfmpegClipRenderer(Path folder, Duration limit) throws IOException {
    this.font = Files.createDirectories(folder).toAbsolutePath().resolve("caption.ttf");
    this.limit = limit;
    try (InputStream in =
        FfmpegClipRenderer.class.getResourceAsStream("/font/DejaVuSans-Bold.ttf")) {
      if (in == null) {
        throw new IOException("the caption's font is not in the jar");
      }
      Path fresh = Files.createTempFile(folder, ".font-", ".ttf");
      Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
      Files.move(fresh, font, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  @Override
  public RenderOutcome render(ClipSpec spec, Path target, IntConsumer framesDone)
      throws IOException, InterruptedException {
    Path texts = Files.createTempDirectory(target.toAbsolutePath().getParent(), "caption-");
    try {
      Caption caption = Caption.of(spec.prompt(), spec.width(), spec.height());
      List<Path> lines = write(caption, texts);
      return outcome(command(spec, caption, lines, target), framesDone);
    } finally {
      discard(texts);
    }
  }

  @Override
  public RenderOutcome thumbnail(Path clip, Path target) throws IOException, InterruptedException {
    FfmpegResult result =
        FfmpegCommand.create()
            .input(clip)
            .arguments("-vf", "thumbnail=24,scale='min(640,iw)':-2", "-frames:v", "1")
            .output(target, "-c:v", "libwebp", "-f", "webp")
            .limit(limit)
            .run();
    return outcome(result);
  }

  @Override
  public RenderOutcome spriteSheet(Path clip, Path target)
      throws IOException, InterruptedException {
    Duration length =
        switch (Ffprobe.probe(clip)) {
          case ProbeOutcome.Probed probed -> probed.probe().duration();
          case ProbeOutcome.Unreadable unreadable -> Duration.ZERO;
        };
    if (!length.isPositive()) {
      return new RenderOutcome.Broken("the clip has no length");
    }
    String sampled =
        String.format(
            Locale.ROOT, "fps=10000/%d:start_time=0,scale=160:-2,tile=5x2", length.toMillis());
    FfmpegResult result =
        FfmpegCommand.create()
            .input(clip)
            .arguments("-vf", sampled, "-frames:v", "1")
            .output(target, "-c:v", "mjpeg", "-q:v", "4", "-update", "1", "-f", "image2")
            .limit(limit)
            .run();
    return outcome(result);
  }

  private FfmpegCommand command(ClipSpec spec, Caption caption, List<Path> lines, Path target)
      throws IOException, InterruptedException {
    FfmpegCommand command = FfmpegCommand.create();
    // One of them at most: the graph takes it as input 0.
    Optional<Path> input = spec.footage().map(Footage::clip).or(spec::still);
    if (input.isPresent()) {
      command = command.input(input.get());
    }
    command =
        command
            .reading(font)
            .arguments("-filter_complex", graph(spec).describe(caption, font, lines))
            .arguments("-map", "[v]", "-c:v", "libopenh264", "-b:v", bitRate(spec))
            .arguments("-g", Integer.toString(spec.rate() * 2))
            .arguments("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709")
            .arguments("-color_range", "tv");
    for (Path line : lines) {
      command = command.reading(line);
    }
    if (spec.sound() != Sound.NONE) {
      command = command.arguments("-map", "[a]", "-c:a", "aac", "-b:a", "96k");
    }
    return command
        .arguments(REPEATABLE)
        .reportingProgress()
        .output(target, "-movflags", "+faststart", "-f", "mp4")
        .threads(1)
        .limit(limit);
  }

  private static FilterGraph graph(ClipSpec spec) throws IOException, InterruptedException {
    boolean heard =
        spec.footage().isPresent()
            && switch (Ffprobe.probe(spec.footage().get().clip())) {
              case ProbeOutcome.Probed probed -> probed.probe().audio().isPresent();
              case ProbeOutcome.Unreadable unreadable -> false;
            };
    return new FilterGraph(spec, heard);
  }

  /** About 0.1 bit per pixel, which OpenH264 needs for clean edges. */
  private static String bitRate(ClipSpec spec) {
    return Long.toString(Math.max(250_000L, (long) spec.width() * spec.height() * spec.rate() / 9));
  }

  private static RenderOutcome outcome(FfmpegCommand command, IntConsumer framesDone)
      throws IOException, InterruptedException {
    try (FfmpegProcess process = command.start()) {
      Thread follower =
          Thread.ofVirtual().name("render-progress").start(() -> follow(process, framesDone));
      FfmpegResult result = process.await();
      follower.join();
      return outcome(result);
    }
  }

  private static void follow(FfmpegProcess process, IntConsumer framesDone) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.output(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("frame=")) {
          framesDone.accept(Integer.parseInt(line.substring("frame=".length()).strip()));
        }
      }
    } catch (IOException | NumberFormatException e) {
      // Progress is a courtesy: the process was killed, or said something new. Its end counts.
    }
  }

  private static RenderOutcome outcome(FfmpegResult result) throws InterruptedException {
    return switch (result) {
      case FfmpegResult.Done done -> new RenderOutcome.Rendered();
      case FfmpegResult.Failed failed ->
          new RenderOutcome.Broken("ffmpeg ended with " + failed.exit() + ": " + failed.tail());
      case FfmpegResult.TimedOut late ->
          new RenderOutcome.Broken("not ready after " + late.limit().toSeconds() + " s");
      case FfmpegResult.Cancelled cancelled ->
          throw new InterruptedException("the rendering was cancelled");
    };
  }

  private static List<Path> write(Caption caption, Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String line : caption.lines()) {
      Path file = folder.resolve(files.size() + ".txt");
      Files.writeString(file, line);
      files.add(file);
    }
    return files;
  }

  private static void discard(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
