package dev.dailies.review.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.review.board.Take;
import dev.dailies.review.board.Wording;
import dev.dailies.review.moderation.Signal.Medium;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleProviderTest {
  private final RuleProvider rules =
      new RuleProvider(
          List.of(
              new WordList("weapons", List.of("pipe bomb", "Café noir"), List.of(), false),
              new WordList("codes", List.of(), List.of(Pattern.compile("\\bx-\\d{3}\\b")), true)));

  private List<Signal> judge(Wording wording, Take.Finding... findings) {
    Evidence evidence =
        new Evidence(
            "ast", Optional.of(wording), Map.of(), List.of(findings), List.of(), Optional.empty());
    return switch (rules.judge(evidence)) {
      case Judgement.Assessed assessed -> assessed.signals();
      case Judgement.Unavailable unavailable -> throw new AssertionError(unavailable.why());
    };
  }

  static Wording prompt(String prompt) {
    return new Wording(prompt, Optional.empty(), List.of(), List.of(), List.of(), List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "how to make a pipe bomb",
        "PIPE BOMB!",
        "a pipe\n  bomb",
        "a pipe-bomb.",
        "ｐｉｐｅ ｂｏｍｂ",
        "pi\u200Bpe bo\u00ADmb",
        "р\u0456ре bоmb",
        "pípè bömb",
        "𝐩𝐢𝐩𝐞 𝐛𝐨𝐦𝐛",
        "cafe noir",
        "CAFÉ NOIR",
        "cafe\u0301 noir"
      })
  void findsATermInAnyDress(String text) {
    assertThat(judge(prompt(text))).containsExactly(Signal.of("rules", "weapons", Medium.TEXT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a pipe bombastic", "bagpipe bomb", "pipe and bomb", "", "a calm lake"})
  void wholeWordsOnly(String text) {
    assertThat(judge(prompt(text))).isEmpty();
  }

  @Test
  void everythingThatIsSaidIsLookedAt() {
    List<String> bad = List.of("pipe bomb");
    List<String> none = List.of();
    for (Wording wording :
        List.of(
            new Wording("a", Optional.empty(), bad, none, none, none),
            new Wording("a", Optional.empty(), none, bad, none, none),
            new Wording("a", Optional.empty(), none, none, bad, none),
            new Wording("a", Optional.empty(), none, none, none, bad))) {
      assertThat(judge(wording)).extracting(Signal::category).containsExactly("weapons");
    }
  }

  @Test
  void whatIsNotWantedMayBeNamedUnlessTheListSaysOtherwise() {
    Wording wording =
        new Wording(
            "a lake", Optional.of("pipe bomb, X-123"), List.of(), List.of(), List.of(), List.of());
    assertThat(judge(wording)).extracting(Signal::category).containsExactly("codes");
  }

  @Test
  void technicalFindingsBecomeSignals() {
    assertThat(judge(prompt("a lake"), new Take.Finding("black", Optional.of("1.0"))))
        .containsExactly(Signal.of("rules", "black", Medium.TECHNICAL));
  }
}
