package dev.dailies.review.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dailies.review.moderation.FrameSampler.Sampling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FfmpegFrameSamplerTest {
  private final FrameSampler sampler = new FfmpegFrameSampler(Duration.ofSeconds(30));
  @TempDir Path folder;

  private Sampling.Sampled sample(Path clip, int frames, boolean withSound) throws Exception {
    Path scratch = Files.createTempDirectory(folder, "scratch");
    return (Sampling.Sampled)
        sampler.sample(clip, Duration.ofSeconds(1), frames, withSound, scratch);
  }

  private static double likeness(Sampling.Sampled sampled) {
    return sampled.frames().stream().mapToDouble(TestCard::likeness).max().orElse(0);
  }

  @Test
  void picturesAndSoundComeFromOneLook() throws Exception {
    Sampling.Sampled sampled = sample(Clips.ordinary(folder.resolve("a.mp4"), 160, 90), 5, true);
    assertThat(sampled.frames()).hasSize(5).allMatch(f -> f.width() == 160 && f.height() == 90);
    assertThat(sampled.frames()).extracting(Frame::at).isSorted().doesNotHaveDuplicates();
    assertThat(sampled.frames().getFirst().rgb()).isNotEqualTo(sampled.frames().getLast().rgb());
    Frame.Perception perception = sampled.frames().getFirst().perceive();
    assertThat(perception.brightness()).isBetween(0.2, 0.8);
    assertThat(perception.contrast()).isGreaterThan(0.1);
    Soundtrack sound = sampled.sound().orElseThrow();
    assertThat(sound.length().toMillis()).isBetween(950L, 1100L);
    assertThat(sound.peak()).isCloseTo(0.125, within(0.06));
    assertThat(sound.loudness()).isCloseTo(0.088, within(0.03));
  }

  @ParameterizedTest
  @CsvSource({"160,90", "320,180", "640,360", "90,160", "1280,720"})
  void recognisesTheTestCardAfterCoding(int width, int height) throws Exception {
    Path card = Clips.testCard(folder.resolve("card.mp4"), width, height);
    assertThat(likeness(sample(card, 5, false))).isGreaterThan(0.95);
  }

  @Test
  void recognisesTheTestCardWhereverItAppears() throws Exception {
    Path clip = Clips.testCardAtTheEnd(folder.resolve("late.mp4"), 320, 180);
    List<Double> likeness =
        sample(clip, 5, false).frames().stream().map(TestCard::likeness).toList();
    assertThat(likeness.getFirst()).isLessThan(0.5);
    assertThat(likeness.getLast()).isGreaterThan(0.95);
  }

  @Test
  void otherPicturesAreNoTestCard() throws Exception {
    Path ordinary = Clips.ordinary(folder.resolve("a.mp4"), 320, 180);
    assertThat(likeness(sample(ordinary, 12, false))).isLessThan(0.5);
    Path engineering = Clips.engineeringBars(folder.resolve("e.mp4"));
    assertThat(likeness(sample(engineering, 2, false))).isLessThan(0.75);
  }

  @Test
  void soundThatWasPromisedAndIsMissingIsNoReasonNotToLook() throws Exception {
    Sampling.Sampled sampled = sample(Clips.silent(folder.resolve("s.mp4")), 5, true);
    assertThat(sampled.frames()).hasSize(5);
    assertThat(sampled.sound()).isEmpty();
  }

  @Test
  void whatIsNoMediaIsUnreadable() throws Exception {
    Path noise = folder.resolve("noise.mp4");
    byte[] bytes = new byte[20_000];
    new Random(1).nextBytes(bytes);
    Files.write(noise, bytes);
    assertThat(sampler.sample(noise, Duration.ofSeconds(1), 5, true, folder))
        .isInstanceOf(Sampling.Unreadable.class);
  }

  @Test
  void aTruncatedClipIsUnreadable() throws Exception {
    Path whole = Clips.ordinary(folder.resolve("a.mp4"), 160, 90);
    Path half = folder.resolve("half.mp4");
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(half, java.util.Arrays.copyOf(bytes, 600));
    assertThat(sampler.sample(half, Duration.ofSeconds(1), 5, true, folder))
        .isInstanceOf(Sampling.Unreadable.class);
  }

  @Test
  void aLookThatTakesTooLongMayBeTriedAgain() throws Exception {
    Path clip = Clips.ordinary(folder.resolve("a.mp4"), 160, 90);
    assertThat(
            new FfmpegFrameSampler(Duration.ofMillis(1))
                .sample(clip, Duration.ofSeconds(1), 5, true, folder))
        .isInstanceOf(Sampling.Failed.class);
  }

  @Test
  void aFrameIsAJpegForThoseWhoWantOne() throws Exception {
    Frame frame =
        sample(Clips.ordinary(folder.resolve("a.mp4"), 160, 90), 1, false).frames().getFirst();
    var image = javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(frame.jpeg()));
    assertThat(image.getWidth()).isEqualTo(160);
    assertThat(image.getHeight()).isEqualTo(90);
  }
}
