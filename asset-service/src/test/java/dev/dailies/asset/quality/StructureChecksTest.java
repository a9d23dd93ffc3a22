package dev.dailies.asset.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.asset.quality.Expectation.Sound;
import dev.dailies.media.MediaProbe;
import dev.dailies.media.MediaProbe.Audio;
import dev.dailies.media.MediaProbe.Rate;
import dev.dailies.media.MediaProbe.Video;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StructureChecksTest {
  private final StructureChecks checks = new StructureChecks(Duration.ofMinutes(10));

  @ParameterizedTest
  @CsvSource({"3958, true", "4000, true", "4041, true", "3900, false", "4100, false"})
  void a_length_may_be_off_by_one_frame(long millis, boolean fine) {
    var findings = checks.findings(probe(160, 90, millis, true), expected(Sound.EITHER));
    assertThat(findings.isEmpty()).isEqualTo(fine);
    if (!fine) {
      assertThat(findings).containsExactly(Finding.of(FindingCode.LENGTH_MISMATCH, millis, 4000L));
    }
  }

  @Test
  void a_size_may_not_be_off() {
    assertThat(codes(checks.findings(probe(160, 88, 4000, true), expected(Sound.EITHER))))
        .containsExactly(FindingCode.SIZE_MISMATCH);
  }

  @ParameterizedTest
  @CsvSource({
    "WANTED, true,", "WANTED, false, AUDIO_MISSING", "UNWANTED, true, AUDIO_UNWANTED",
    "UNWANTED, false,", "EITHER, true,", "EITHER, false,"
  })
  void sound_is_there_if_it_is_wanted(Sound wanted, boolean there, FindingCode code) {
    assertThat(codes(checks.findings(probe(160, 90, 4000, there), expected(wanted))))
        .isEqualTo(Optional.ofNullable(code).stream().toList());
  }

  @Test
  void another_rate_is_noted() {
    var wanted = new Expectation(160, 90, Duration.ofSeconds(4), Optional.of(30.0), Sound.EITHER);
    assertThat(codes(checks.findings(probe(160, 90, 4000, true), wanted)))
        .containsExactly(FindingCode.RATE_MISMATCH);
  }

  @Test
  void what_would_cost_too_much_to_decode_is_not_looked_at_further() {
    assertThat(codes(checks.findings(probe(100_000, 90, 4000, true), expected(Sound.EITHER))))
        .containsExactly(FindingCode.BEYOND_LIMITS);
    assertThat(codes(checks.findings(probe(160, 2, 4000, true), expected(Sound.EITHER))))
        .containsExactly(FindingCode.BEYOND_LIMITS);
    assertThat(codes(checks.findings(probe(160, 90, 3_600_000, true), expected(Sound.EITHER))))
        .containsExactly(FindingCode.BEYOND_LIMITS);
  }

  private static List<FindingCode> codes(List<Finding> findings) {
    return findings.stream().map(Finding::code).toList();
  }

  private static Expectation expected(Sound sound) {
    return new Expectation(160, 90, Duration.ofSeconds(4), Optional.empty(), sound);
  }

  private static MediaProbe probe(int width, int height, long millis, boolean sound) {
    Duration length = Duration.ofMillis(millis);
    return new MediaProbe(
        "mov,mp4",
        length,
        1000,
        Optional.of(
            new Video(
                "h264",
                "High",
                width,
                height,
                "yuv420p",
                new Rate(24, 1),
                Optional.of(96L),
                length)),
        sound ? Optional.of(new Audio("aac", 48_000, 2, length)) : Optional.empty(),
        2,
        Map.of(),
        "{}");
  }
}
