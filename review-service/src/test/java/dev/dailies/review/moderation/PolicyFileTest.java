package dev.dailies.review.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dailies.review.moderation.Signal.Medium;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {
  static String bundled() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            PolicyFileTest.class.getResourceAsStream("/moderation/policy.yaml"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private final ModerationPolicy policy = PolicyFile.read(bundled());

  PolicyFileTest() throws IOException {}

  @ParameterizedTest
  @CsvSource({
    "rules, test_card, FRAME, 0.95, BLOCK",
    "rules, test_card, FRAME, 0.6, CLEAR",
    "rules, black, TECHNICAL, , HOLD",
    "rules, length_mismatch, TECHNICAL, , CLEAR",
    "rules, trial_hold, TEXT, , HOLD",
    "rules, trial_block, TEXT, , BLOCK",
    "review-service, provider_unavailable, TECHNICAL, , HOLD",
    "review-service, media_unreadable, FRAME, , HOLD",
    "openai-moderations, violence, FRAME, 0.5, CLEAR",
    "openai-moderations, violence, FRAME, 0.8, HOLD",
    "openai-moderations, sexual/minors, FRAME, 0.2, BLOCK",
    "openai-moderations, a-new-category, FRAME, 0.4, CLEAR",
    "openai-moderations, a-new-category, FRAME, 0.9, HOLD",
    "somebody, something, AUDIO, , HOLD"
  })
  void theBundledPolicy(
      String provider, String category, Medium medium, Double score, Outcome outcome) {
    Signal signal = new Signal(provider, category, medium, java.util.Optional.ofNullable(score));
    assertThat(policy.outcomeOf(signal)).isEqualTo(outcome);
  }

  @Test
  void theStrictestSignalCounts() {
    Signal held = Signal.of("rules", "black", Medium.TECHNICAL);
    Signal blocked = Signal.scored("rules", "test_card", Medium.FRAME, 1);
    assertThat(policy.outcomeOf(List.of())).isEqualTo(Outcome.CLEAR);
    assertThat(policy.outcomeOf(List.of(held, blocked, held))).isEqualTo(Outcome.BLOCK);
  }

  @ParameterizedTest
  @CsvSource({"provider_unavailable, HOLD", "text_missing, HOLD", "fault, BLOCK"})
  void aFileCanNotClearWhatCouldNotBeJudged(String category, Outcome outcome) throws IOException {
    ModerationPolicy lax =
        PolicyFile.read(
            bundled()
                .replace(
                    "  test_card:",
                    "  provider_unavailable: {}\n  text_missing: {}\n"
                        + "  fault: {block: 0}\n  test_card:"));
    assertThat(lax.outcomeOf(Signal.of(Signal.SERVICE, category, Medium.TECHNICAL)))
        .isEqualTo(outcome);
  }

  @Test
  void samplingFollowsTheLength() {
    ModerationPolicy.Sampling sampling = policy.sampling();
    assertThat(sampling.framesOf(Duration.ofSeconds(1))).isEqualTo(5);
    assertThat(sampling.framesOf(Duration.ofSeconds(20))).isEqualTo(10);
    assertThat(sampling.framesOf(Duration.ofHours(2))).isEqualTo(40);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hold: 0.6|hlod: 0.6|unknown: [categories.harassment.hlod]",
        "hold: 0.6|hold: high|categories.harassment.hold is a number",
        "hold: 0.6|hold: 60|between 0 and 1",
        "hold: 0.4, block: 0.9|hold: 0.9, block: 0.4|a hold begins below a block",
        "minimum: 5|minimum: 0|1 <= minimum",
        "every: 2s|every: often|sampling.every is a time",
        "  audio: {hold: 0.5}|  # none|unlisted.audio is missing",
        "version:|edition:|version is missing",
        "category: weapons|category: swords|the category of a list is listed"
      })
  void whatIsNotUnderstoodIsRefused(String right, String wrong, String why) throws IOException {
    String file = bundled();
    assertThat(file).contains(right);
    assertThatThrownBy(() -> PolicyFile.read(file.replace(right, wrong)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
