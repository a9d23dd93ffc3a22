package dev.dailies.asset.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dailies.asset.delivery.ModerationVerdict.Outcome;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewRulesTest {
  @ParameterizedTest
  @CsvSource({
    "true, CLEAR,",
    "true, HOLD, moderation_hold",
    "true, BLOCK, moderation_block",
    "true, , not_moderated",
    "false, CLEAR, not_ready",
    "false, HOLD, not_ready",
    "false, BLOCK, not_ready",
    "false, , not_ready",
  })
  void only_what_is_ready_and_clear_may_be_seen(boolean ready, Outcome outcome, String reason) {
    var facts = new ViewRules.Facts(ready, Optional.ofNullable(outcome));
    assertThat(ViewRules.keepingBack(facts).map(ViewRules::code))
        .isEqualTo(Optional.ofNullable(reason));
  }
}
