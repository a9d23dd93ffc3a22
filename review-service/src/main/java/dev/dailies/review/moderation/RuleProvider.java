package dev.dailies.review.moderation;

import dev.dailies.review.board.Wording;
import dev.dailies.review.moderation.Signal.Medium;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The provider that is always there: lists over the text, the findings of the technical checks, and
 * a known test card in the picture. It needs nothing but this process.
 */
final class RuleProvider implements ModerationProvider {
  static final String NAME = "rules";

  /** Category of the test card. */
  static final String TEST_CARD = "test_card";

  /** Less than this is chance, and not worth a signal. */
  private static final double LEAST_LIKENESS = 0.5;

  private final List<WordList.Compiled> lists;

  RuleProvider(List<WordList> lists) {
    this.lists = lists.stream().map(WordList::compile).toList();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Judgement judge(Evidence evidence) {
    List<Signal> signals = new ArrayList<>();
    evidence.wording().ifPresent(wording -> signals.addAll(said(wording)));
    evidence
        .findings()
        .forEach(finding -> signals.add(Signal.of(NAME, finding.code(), Medium.TECHNICAL)));
    double likeness = evidence.frames().stream().mapToDouble(TestCard::likeness).max().orElse(0);
    if (likeness >= LEAST_LIKENESS) {
      signals.add(Signal.scored(NAME, TEST_CARD, Medium.FRAME, likeness));
    }
    return new Judgement.Assessed(signals);
  }

  private List<Signal> said(Wording wording) {
    List<String> asked =
        Stream.of(
                Stream.of(wording.prompt()),
                wording.beats().stream(),
                wording.dialogue().stream(),
                wording.sound().stream(),
                wording.purpose().stream())
            .flatMap(s -> s)
            .map(PlainText::of)
            .toList();
    List<String> unwanted = wording.negativePrompt().map(PlainText::of).stream().toList();
    return lists.stream()
        .filter(list ->
            asked.stream().anyMatch(list::foundIn)
                || (list.alsoNegative() && unwanted.stream().anyMatch(list::foundIn)))
        .map(list -> Signal.of(NAME, list.category(), Medium.TEXT))
        .distinct()
        .toList();
  }
}
