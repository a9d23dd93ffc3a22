package dev.dailies.asset.preview;

import dev.dailies.asset.quality.SignalReport;
import dev.dailies.asset.quality.StructureChecks;
import dev.dailies.media.FfmpegCommand;
import dev.dailies.media.FfmpegProcess;
import dev.dailies.media.FfmpegResult;
import dev.dailies.media.MediaProbe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes every form of a video in one run of ffmpeg: the master is read and decoded once, the
 * detectors of {@link SignalReport} listen on the way.
 *
 * <p>The delivery rendition has the master's own picture and sound where an MP4 can hold them. The
 * master's metadata is dropped: it may carry a prompt, which erasure would not find there. All
 * outputs are reproducible, so an ingest that is done again after a crash makes the same bytes.
 */
public final class MakeRenditions {
  private static final Set<String> MP4_PICTURE = Set.of("h264", "hevc", "av1", "vp9", "mpeg4");
  private static final Set<String> MP4_SOUND = Set.of("aac", "mp3", "opus", "ac3", "flac");
  // As the shell reports a process ended by SIGABRT, SIGKILL, SIGSEGV and SIGXCPU.
  private static final Set<Integer> KILLED = Set.of(134, 137, 139, 152);
  private static final int NICE = 5;

  /**
   * Writes the files into a folder.
   *
   * @throws IOException if it failed for a reason that is not the master's
   */
  public Renditions of(Path master, MediaProbe probe, Path folder)
      throws IOException, InterruptedException {
    MediaProbe.Video video = probe.video().orElseThrow();
    Duration length = StructureChecks.lengthOf(video, probe);
    SpriteSheet sheet = SpriteSheet.of(length, video.width(), video.height());
    Path delivery = folder.resolve("delivery.mp4");
    Path proxy = folder.resolve("proxy.mp4");
    Path poster = folder.resolve("poster.jpg");
    Path sprite = folder.resolve("sprite.jpg");
    boolean sound = probe.audio().isPresent();
    long size = Files.size(master);

    FfmpegCommand command =
        FfmpegCommand.create()
            .arguments("-progress", "pipe:1")
            .input(master)
            .arguments("-filter_complex", graph(video, length, sheet, sound))
            // First, so that the count of frames in the progress is of those that were decoded.
            .arguments("-map", "[proxy]")
            .arguments(sound ? List.of("-map", "[sound]", "-c:a", "aac", "-b:a", "96k") : List.of())
            .arguments("-c:v", "libopenh264", "-b:v", "700k", "-pix_fmt", "yuv420p")
            .arguments("-fps_mode", "passthrough")
            .output(proxy, plain("-movflags", "+faststart"))
            .arguments("-map", "0:v:0", "-c:v", picture(video))
            .arguments(sound ? List.of("-map", "0:a:0", "-c:a", sound(probe)) : List.of())
            .output(delivery, plain("-movflags", "+faststart"))
            .arguments("-map", "[poster]", "-frames:v", "1", "-q:v", "3")
            .output(poster, plain("-f", "image2", "-update", "1"))
            .arguments("-map", "[sprite]", "-frames:v", "1", "-q:v", "4")
            .output(sprite, plain("-f", "image2", "-update", "1"))
            // Detectors and progress write to the pipe; this output only opens it.
            .arguments("-map", "0:v:0", "-c", "copy")
            .outputPipe("-f", "null")
            .limit(patience(length, size))
            .fileLimit(2 * size + (64L << 20))
            .nice(NICE);
    SignalReport signals;
    FfmpegResult result;
    try (FfmpegProcess run = command.start();
        BufferedReader said =
            new BufferedReader(new InputStreamReader(run.output(), StandardCharsets.UTF_8))) {
      signals = SignalReport.read(said.lines(), length);
      said.transferTo(Writer.nullWriter());
      result = run.await();
    }
    return switch (result) {
      case FfmpegResult.Done done ->
          Stream.of(delivery, proxy, poster, sprite).allMatch(MakeRenditions::holdsSomething)
              ? new Renditions.Made(delivery, proxy, poster, sprite, sheet, signals)
              : new Renditions.Undecodable("an output stayed empty");
      case FfmpegResult.Failed failed -> judge(failed);
      case FfmpegResult.TimedOut timedOut ->
          throw new IOException("ffmpeg was not done in " + timedOut.limit());
      case FfmpegResult.Cancelled cancelled -> throw new InterruptedException("cancelled");
    };
  }

  private static Renditions judge(FfmpegResult.Failed failed) throws IOException {
    if (KILLED.contains(failed.exit()) || failed.tail().contains("No space left on device")) {
      throw new IOException("ffmpeg ended with " + failed.exit() + ": " + failed.tail());
    }
    return new Renditions.Undecodable("ffmpeg ended with " + failed.exit());
  }

  private static String graph(
      MediaProbe.Video video, Duration length, SpriteSheet sheet, boolean sound) {
    double seconds = length.toNanos() / 1e9;
    // A clip shorter than a detector's patience would never be found black or frozen.
    double patience = Math.min(1, 0.6 * seconds);
    double posterAt = video.frames().orElse(0L) < 3 ? 0 : Math.min(1, seconds / 2);
    String print = "mode=print:file=-:direct=1";
    String picture =
        format(
            "[0:v:0]blackdetect=d=%.3f,freezedetect=n=-60dB:d=%.3f,metadata=%s,split=3[a][b][c];"
                + "[a]%s,setsar=1[proxy];[b]select='gte(t,%.3f)',%s,setsar=1[poster];[c]%s[sprite]",
            Math.min(0.5, patience),
            patience,
            print,
            Scale.shorterSide(video.width(), video.height(), 360).filter(),
            posterAt,
            Scale.within(video.width(), video.height(), 1280, 1280).filter(),
            sheet.filter());
    String heard =
        format(";[0:a:0]silencedetect=n=-60dB:d=%.3f,ametadata=%s[sound]", patience, print);
    return sound ? picture + heard : picture;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private static String picture(MediaProbe.Video video) {
    return MP4_PICTURE.contains(video.codec()) ? "copy" : "libopenh264";
  }

  private static String sound(MediaProbe probe) {
    return probe.audio().filter(a -> MP4_SOUND.contains(a.codec())).isPresent() ? "copy" : "aac";
  }

  private static String[] plain(String... more) {
    return Stream.concat(
            Stream.of("-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact"),
            Stream.concat(Stream.of("-flags", "+bitexact"), Stream.of(more)))
        .toArray(String[]::new);
  }

  private static Duration patience(Duration length, long size) {
    return Duration.ofSeconds(60)
        .plus(length.multipliedBy(20))
        .plus(Duration.ofSeconds(size / (4L << 20)));
  }

  private static boolean holdsSomething(Path file) {
    try {
      return Files.size(file) > 0;
    } catch (IOException e) {
      return false;
    }
  }
}
