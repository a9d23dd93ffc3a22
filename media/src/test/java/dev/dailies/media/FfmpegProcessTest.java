package dev.dailies.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FfmpegProcessTest {
  private static final String ENDLESS = "testsrc2=s=64x64,realtime";

  @TempDir Path folder;

  @Test
  void streamsThroughBothPipes() throws Exception {
    Path clip = Clips.make(folder.resolve("clip.mp4"), 1);
    FfmpegCommand copy =
        FfmpegCommand.create()
            .inputPipe()
            .arguments("-c", "copy")
            .outputPipe("-movflags", "frag_keyframe+empty_moov", "-f", "mp4");

    Path arrived = folder.resolve("arrived.mp4");
    try (FfmpegProcess process = copy.start()) {
      Thread writer =
          Thread.ofVirtual()
              .start(() -> {
                try (OutputStream in = process.input()) {
                  Files.copy(clip, in);
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      try (InputStream out = process.output()) {
        Files.copy(out, arrived);
      }
      writer.join();
      assertThat(process.await()).isInstanceOf(FfmpegResult.Done.class);
    }

    ProbeOutcome outcome = Ffprobe.probeCounting(arrived);
    assertThat(((ProbeOutcome.Probed) outcome).probe().video().orElseThrow().frames())
        .contains(24L);
  }

  @Test
  void isKilledAtItsLimit() throws Exception {
    FfmpegResult result =
        FfmpegCommand.create()
            .arguments("-filter_complex", ENDLESS, "-c:v", "libopenh264")
            .output(folder.resolve("never.mp4"))
            .limit(Duration.ofMillis(300))
            .run();

    assertThat(result)
        .isInstanceOfSatisfying(
            FfmpegResult.TimedOut.class,
            late -> assertThat(late.limit()).isEqualTo(Duration.ofMillis(300)));
  }

  @Test
  void isKilledWhenCancelled() throws Exception {
    FfmpegCommand endless =
        FfmpegCommand.create()
            .arguments("-filter_complex", ENDLESS, "-c:v", "libopenh264")
            .outputPipe("-movflags", "frag_every_frame+empty_moov", "-f", "mp4");
    try (FfmpegProcess process = endless.start()) {
      assertThat(process.output().read()).isNotNegative();
      process.cancel();

      assertThat(process.await()).isInstanceOf(FfmpegResult.Cancelled.class);
    }
  }

  @Test
  void saysWhyItFailed() throws Exception {
    FfmpegResult result =
        FfmpegCommand.create()
            .arguments("-filter_complex", "nosuchfilter")
            .output(folder.resolve("x.mp4"))
            .run();

    assertThat(result)
        .isInstanceOfSatisfying(
            FfmpegResult.Failed.class,
            failed -> {
              assertThat(failed.exit()).isPositive();
              assertThat(failed.tail()).contains("nosuchfilter");
            });
  }

  @Test
  void oneThreadMakesTheSameBytes() throws Exception {
    Path first = bitexact("first.mp4");
    Path second = bitexact("second.mp4");

    assertThat(Files.mismatch(first, second)).isEqualTo(-1);
  }

  @Test
  void readsPictures() throws Exception {
    Path picture = folder.resolve("picture.png");
    FfmpegResult drawn =
        FfmpegCommand.create()
            .arguments("-filter_complex", "testsrc2=s=64x64", "-frames:v", "1")
            .output(picture, "-update", "1")
            .run();
    assertThat(drawn).isInstanceOf(FfmpegResult.Done.class);

    assertThat(Ffprobe.probe(picture))
        .isInstanceOfSatisfying(
            ProbeOutcome.Probed.class,
            p -> assertThat(p.probe().video().orElseThrow().codec()).isEqualTo("png"));
  }

  @Test
  void writesNowhereElseInARoomOfItsOwn() throws Exception {
    assumeThat(Confinement.hasRoom()).as("bwrap works on this machine").isTrue();
    Path elsewhere = Path.of("elsewhere.mp4").toAbsolutePath();

    FfmpegResult result =
        FfmpegCommand.create()
            .arguments("-filter_complex", "testsrc2=s=64x64:d=1", "-c:v", "libopenh264")
            .arguments("-y", elsewhere.toString())
            .run();

    assertThat(result).isInstanceOf(FfmpegResult.Failed.class);
    assertThat(elsewhere).doesNotExist();
  }

  @Test
  void handsNoneOfOurEnvironmentOn() {
    assertThat(MediaPrograms.shared().environment().keySet()).isSubsetOf("LD_LIBRARY_PATH");
  }

  private Path bitexact(String name) throws Exception {
    Path file = folder.resolve(name);
    FfmpegResult result =
        FfmpegCommand.create()
            .arguments("-filter_complex", "testsrc2=s=160x90:d=1", "-c:v", "libopenh264")
            .arguments("-fflags", "+bitexact", "-flags:v", "+bitexact")
            .output(file)
            .threads(1)
            .run();
    assertThat(result.done()).isTrue();
    return file;
  }
}
