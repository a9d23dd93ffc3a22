package dev.dailies.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FfprobeTest {
  @TempDir Path folder;

  @Test
  void saysWhatAClipIs() throws Exception {
    Path clip = Clips.make(folder.resolve("a clip: -with odd name.mp4"), 1);

    MediaProbe probe = probed(Ffprobe.probeCounting(clip));

    assertThat(probe.isMp4()).isTrue();
    assertThat(probe.streams()).isEqualTo(2);
    assertThat(probe.size()).isEqualTo(Files.size(clip));
    MediaProbe.Video video = probe.video().orElseThrow();
    assertThat(video.codec()).isEqualTo("h264");
    assertThat(video.width()).isEqualTo(160);
    assertThat(video.height()).isEqualTo(90);
    assertThat(video.pixelFormat()).isEqualTo("yuv420p");
    assertThat(video.rate()).isEqualTo(new MediaProbe.Rate(24, 1));
    assertThat(video.frames()).contains(24L);
    assertThat(video.duration()).isEqualTo(Duration.ofSeconds(1));
    MediaProbe.Audio audio = probe.audio().orElseThrow();
    assertThat(audio.codec()).isEqualTo("aac");
    assertThat(audio.sampleRate()).isEqualTo(48_000);
    assertThat(audio.channels()).isEqualTo(1);
  }

  @Test
  void refusesGarbage() throws Exception {
    byte[] garbage = new byte[100_000];
    new Random(7).nextBytes(garbage);
    Path file = Files.write(folder.resolve("garbage.mp4"), garbage);

    assertThat(Ffprobe.probe(file)).isInstanceOf(ProbeOutcome.Unreadable.class);
  }

  @Test
  void refusesAnEmptyFileAndNoFile() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.mp4"));

    assertThat(Ffprobe.probe(empty)).isInstanceOf(ProbeOutcome.Unreadable.class);
    assertThat(Ffprobe.probe(folder.resolve("none.mp4")))
        .isEqualTo(new ProbeOutcome.Unreadable("no such file"));
  }

  @Test
  void refusesAClipWhoseIndexIsCutOff() throws Exception {
    Path clip = folder.resolve("slow.mp4");
    FfmpegResult made =
        FfmpegCommand.create()
            .arguments("-filter_complex", "testsrc2=s=64x64:d=1", "-c:v", "libopenh264")
            .output(clip)
            .run();
    assertThat(made.done()).isTrue();
    byte[] whole = Files.readAllBytes(clip);
    Path cut = Files.write(folder.resolve("cut.mp4"), java.util.Arrays.copyOf(whole, 5_000));

    ProbeOutcome outcome = Ffprobe.probe(cut);

    assertThat(outcome).isInstanceOf(ProbeOutcome.Unreadable.class);
    assertThat(((ProbeOutcome.Unreadable) outcome).why()).isNotBlank();
  }

  /** Text that other files are named in must never be followed, whatever the file is called. */
  @ParameterizedTest
  @ValueSource(strings = {"trick.mp4", "trick.m3u8", "trick.ffconcat", "trick.png", "trick"})
  void followsNoPlaylist(String name) throws Exception {
    Path secret = Clips.make(folder.resolve("secret.mp4"), 1);
    Path playlist = folder.resolve("1" + name);
    Files.writeString(
        playlist,
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://" + secret + "\n#EXT-X-ENDLIST\n");
    Path concat = folder.resolve("2" + name);
    Files.writeString(concat, "ffconcat version 1.0\nfile " + secret.getFileName() + "\n");

    assertThat(Ffprobe.probe(playlist)).isInstanceOf(ProbeOutcome.Unreadable.class);
    assertThat(Ffprobe.probe(concat)).isInstanceOf(ProbeOutcome.Unreadable.class);
    for (Path trick : new Path[] {playlist, concat}) {
      Path copy = folder.resolve("copy.mp4");
      FfmpegResult result =
          FfmpegCommand.create().input(trick).arguments("-c", "copy").output(copy).run();
      assertThat(result).isInstanceOf(FfmpegResult.Failed.class);
    }
  }

  private static MediaProbe probed(ProbeOutcome outcome) {
    assertThat(outcome).isInstanceOf(ProbeOutcome.Probed.class);
    return ((ProbeOutcome.Probed) outcome).probe();
  }
}
