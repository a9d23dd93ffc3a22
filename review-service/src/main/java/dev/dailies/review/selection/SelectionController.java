package dev.dailies.review.selection;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.edge.Allow;
import dev.dailies.edge.Principal;
import dev.dailies.edge.RefusalException;
import dev.dailies.edge.Role;
import dev.dailies.review.Reasons;
import dev.dailies.review.selection.Selections.Choice;
import dev.dailies.review.selection.Selections.Result;
import dev.dailies.review.selection.Selections.Wanted;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Choosing among the variations of a shot, over HTTP. */
@RestController
@RequestMapping("/api/reviews")
@Allow({Role.REVIEWER, Role.PRODUCER})
class SelectionController {
  private final Selections selections;
  private final SelectionMeters meters;
  private final Reasons reasons;

  SelectionController(Selections selections, SelectionMeters meters, Reasons reasons) {
    this.selections = selections;
    this.meters = meters;
    this.reasons = reasons;
  }

  record Word(@Nullable String asset, @Nullable Long shotVersion, @Nullable List<String> reasons) {}

  record Decided(String shot, long shotVersion, String asset, String state, List<String> reasons) {}

  @GetMapping("/reasons")
  @Allow({Role.REVIEWER, Role.PRODUCER, Role.MODERATOR, Role.APPROVER, Role.OPERATOR})
  Map<String, List<String>> reasons() {
    return reasons.byDecision();
  }

  @PostMapping("/shots/{shot}/select")
  Decided select(Principal principal, @PathVariable String shot, @RequestBody Word word) {
    return decide(principal, shot, Wanted.SELECTED, "select", word);
  }

  @PostMapping("/shots/{shot}/reject")
  Decided reject(Principal principal, @PathVariable String shot, @RequestBody Word word) {
    return decide(principal, shot, Wanted.REJECTED, "reject", word);
  }

  private Decided decide(Principal principal, String shot, Wanted wanted, String verb, Word word) {
    if (word.asset() == null || word.asset().isBlank()) {
      throw invalid("asset", "name the asset");
    }
    if (word.shotVersion() == null) {
      throw invalid("shot_version", "name the shot_version of the board you looked at");
    }
    List<String> given = word.reasons() == null ? List.of() : word.reasons();
    reasons
        .objection(verb, given, wanted == Wanted.REJECTED)
        .ifPresent(objection -> {
          throw invalid("reasons", objection);
        });
    Choice choice =
        new Choice(
            principal.workspace().value(),
            shot,
            word.asset(),
            word.shotVersion(),
            wanted,
            given,
            principal.actor());
    return switch (selections.decide(choice, SelectionRules.ALL)) {
      case Result.Decided decided -> {
        meters.decided(wanted);
        yield new Decided(
            shot,
            decided.shotVersion(),
            choice.asset(),
            wanted.name().toLowerCase(Locale.ROOT),
            given);
      }
      case Result.Unknown unknown ->
          throw new RefusalException(ErrorCode.NOT_FOUND, "There is no such shot or asset.");
      case Result.Changed changed ->
          throw new RefusalException(ErrorCode.CONFLICT, "The shot changed since you looked.")
              .detail("shot_version", changed.shotVersion());
      case Result.Refused refused ->
          throw new RefusalException(ErrorCode.NOT_ALLOWED, refused.rule().reason())
              .detail("rule", refused.rule().name());
    };
  }

  private static RefusalException invalid(String field, String message) {
    return new RefusalException(ErrorCode.INVALID_REQUEST, message).param(field);
  }
}
