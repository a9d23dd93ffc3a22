package dev.dailies.asset.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SignalReportTest {
  @Test
  void adds_up_what_began_and_ended_and_what_lasted_to_the_end() {
    SignalReport report =
        SignalReport.read(
            Stream.of(
                "frame:0    pts:0       pts_time:0",
                "lavfi.black_start=0.5",
                "lavfi.black_end=1.0",
                "lavfi.black_start=2.0",
                "lavfi.black_end=2.25",
                "lavfi.freezedetect.freeze_start=3",
                "frame=12",
                "frame=96",
                "progress=end"),
            Duration.ofSeconds(4));

    assertThat(report.frames()).contains(96L);
    assertThat(report.findings())
        .containsExactly(
            Finding.of(FindingCode.BLACK, 750L), Finding.of(FindingCode.FROZEN, 1000L));
  }

  @Test
  void passes_over_what_it_does_not_understand() {
    SignalReport report =
        SignalReport.read(
            Stream.of("lavfi.black_start=N/A", "lavfi.silence_end=3", "frame=N/A", "", "x=y"),
            Duration.ofSeconds(4));

    assertThat(report.frames()).isEmpty();
    assertThat(report.findings()).isEmpty();
  }
}
