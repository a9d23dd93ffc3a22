package dev.dailies.asset.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.asset.delivery.ModerationVerdict.Outcome;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewRulesTest {
  @ParameterizedTest
  @CsvSource({
    "true, CLEAR, false,",
    "true, CLEAR, true, erased",
    "true, HOLD, false, moderation_hold",
    "true, BLOCK, false, moderation_block",
    "true, , false, not_moderated",
    "false, CLEAR, false, not_ready",
    "false, HOLD, false, not_ready",
    "false, BLOCK, false, not_ready",
    "false, , false, not_ready",
  })
  void only_what_is_ready_and_clear_may_be_seen(
      boolean ready, Outcome outcome, boolean erased, String reason) {
    var facts = new ViewRules.Facts(ready, Optional.ofNullable(outcome), erased);
    assertThat(ViewRules.keepingBack(facts).map(ViewRules::code))
        .isEqualTo(Optional.ofNullable(reason));
  }
}
