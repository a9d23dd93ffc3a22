package dev.dailies.animatic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.animatic.render.ClipRenderer;
import dev.dailies.animatic.render.ClipSpec;
import dev.dailies.animatic.render.FfmpegClipRenderer;
import dev.dailies.animatic.render.Picture;
import dev.dailies.animatic.render.RenderOutcome;
import dev.dailies.animatic.render.Sound;
import dev.dailies.media.MediaProbe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The clips themselves, decoded. */
class ClipTest {
  @TempDir Path folder;
  private ClipRenderer renderer;

  @BeforeEach
  void start() throws Exception {
    renderer =
        new FfmpegClipRenderer(folder.resolve("it's [a], \\ b:ad;name"), Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @CsvSource({
    "160, 90, 24, 24",
    "64, 64, 24, 12",
    "90, 160, 25, 50",
    "1280, 720, 24, 24",
    "320, 180, 30, 45",
    "1920, 64, 24, 24",
    "64, 1920, 24, 24"
  })
  void hasTheSizeLengthAndCodecsAskedFor(int width, int height, int rate, int frames)
      throws Exception {
    Path clip = rendered(spec("a hill", 1, width, height, rate, frames));

    MediaProbe probe = RunningEndpoint.probed(clip);

    MediaProbe.Video video = probe.video().orElseThrow();
    assertThat(video.codec()).isEqualTo("h264");
    assertThat(video.pixelFormat()).isEqualTo("yuv420p");
    assertThat(video.width()).isEqualTo(width);
    assertThat(video.height()).isEqualTo(height);
    assertThat(video.frames()).contains((long) frames);
    assertThat(video.rate().perSecond()).isEqualTo(rate);
    assertThat(probe.audio().orElseThrow().codec()).isEqualTo("aac");
    Duration frame = Duration.ofSeconds(1).dividedBy(rate);
    Duration asked = frame.multipliedBy(frames);
    assertThat(probe.duration()).isBetween(asked.minus(frame), asked.plus(frame));
    assertThat(isFastStart(clip)).isTrue();
  }

  @Test
  void isTheSameForASeedAndAnotherForAnother() throws Exception {
    Path one = rendered(spec("a hill", 1, 160, 90, 24, 24));
    Path same = rendered(spec("a hill", 1, 160, 90, 24, 24));
    Path otherSeed = rendered(spec("a hill", 2, 160, 90, 24, 24));
    Path otherPrompt = rendered(spec("a dale", 1, 160, 90, 24, 24));

    assertThat(Files.mismatch(one, same)).isEqualTo(-1);
    assertThat(Files.mismatch(one, otherSeed)).isNotEqualTo(-1);
    assertThat(Files.mismatch(one, otherPrompt)).isNotEqualTo(-1);
  }

  @Test
  void movesAndSounds() throws Exception {
    Path clip = rendered(spec("a hill", 1, 320, 180, 24, 48));

    byte[] first = Frames.at(clip, 0, 320, 180);
    byte[] last = Frames.at(clip, 47, 320, 180);

    assertThat(Frames.difference(first, last)).isGreaterThan(3);
    assertThat(Frames.loudest(clip)).isBetween(3_000, 32_000);
  }

  /** Seen without a font of the machine: the caption's letters are white where nothing else is. */
  @Test
  void showsItsPrompt() throws Exception {
    Path with = rendered(spec("WWWWWWWWWWWWWWW", 1, 320, 180, 24, 2));
    Path without = rendered(spec("", 1, 320, 180, 24, 2));

    assertThat(whites(Frames.at(with, 1, 320, 180)))
        .isGreaterThan(whites(Frames.at(without, 1, 320, 180)) + 300);
  }

  @Test
  void aPromptIsTextAndNothingElse() throws Exception {
    String nasty =
        "100% %{pts} ';[x]\\:=, \u0000\u001b drawbox=c=red\n\r\t \ud83e\udd8a \u4e2d\u6587 "
            + "w".repeat(5000);

    Path clip = rendered(spec(nasty, 1, 160, 90, 24, 6));

    assertThat(RunningEndpoint.probed(clip).video().orElseThrow().frames()).contains(6L);
  }

  @Test
  void blackIsBlackAndSilenceSilent() throws Exception {
    ClipSpec spec =
        new ClipSpec(160, 90, 24, 24, 1, "x", Picture.BLACK, Sound.SILENCE, Optional.empty());

    Path clip = rendered(spec);

    byte[] frame = Frames.at(clip, 12, 160, 90);
    for (byte value : frame) {
      assertThat(value & 0xff).isLessThan(4);
    }
    assertThat(Frames.loudest(clip)).isLessThan(4);
  }

  @Test
  void startsWithThePictureGiven() throws Exception {
    ClipSpec card =
        new ClipSpec(160, 90, 24, 2, 1, "x", Picture.TEST_CARD, Sound.NONE, Optional.empty());
    Path picture = folder.resolve("still");
    assertThat(renderer.thumbnail(rendered(card), picture))
        .isInstanceOf(RenderOutcome.Rendered.class);
    ClipSpec spec =
        new ClipSpec(160, 90, 24, 24, 1, "x", Picture.SCENE, Sound.TONE, Optional.of(picture));

    byte[] first = Frames.at(rendered(spec), 0, 160, 90);

    int green = (10 * 160 + 80) * 3;
    assertThat(first[green] & 0xff).isLessThan(30);
    assertThat(first[green + 1] & 0xff).isGreaterThan(150);
    assertThat(first[green + 2] & 0xff).isLessThan(30);
  }

  private Path rendered(ClipSpec spec) throws Exception {
    Path clip = Files.createTempFile(folder, "clip", ".mp4");
    assertThat(renderer.render(spec, clip, frames -> {}))
        .isInstanceOf(RenderOutcome.Rendered.class);
    return clip;
  }

  private static ClipSpec spec(
      String prompt, long seed, int width, int height, int rate, int frames) {
    return new ClipSpec(
        width, height, rate, frames, seed, prompt, Picture.SCENE, Sound.TONE, Optional.empty());
  }

  private static int whites(byte[] frame) {
    int count = 0;
    for (int i = 0; i < frame.length; i += 3) {
      if ((frame[i] & 0xff) > 235 && (frame[i + 1] & 0xff) > 235 && (frame[i + 2] & 0xff) > 235) {
        count++;
      }
    }
    return count;
  }

  /** The index stands before the media. */
  private static boolean isFastStart(Path clip) throws Exception {
    String bytes =
        new String(Files.readAllBytes(clip), java.nio.charset.StandardCharsets.ISO_8859_1);
    return bytes.indexOf("moov") < bytes.indexOf("mdat");
  }
}
