package dev.dailies.review.moderation;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.edge.Allow;
import dev.dailies.edge.Principal;
import dev.dailies.edge.RefusalException;
import dev.dailies.edge.Role;
import dev.dailies.review.Reasons;
import dev.dailies.review.board.Board;
import dev.dailies.review.board.Page;
import dev.dailies.review.board.Take;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Moderation over HTTP: the queue, the history of an asset, a moderator's word. */
@RestController
@RequestMapping("/api/moderation")
@Allow(Role.MODERATOR)
class ModerationController {
  private static final int LONGEST_PAGE = 200;

  private final Board board;
  private final DecisionLog decisions;
  private final DecideAsModerator decide;
  private final Reasons reasons;

  ModerationController(
      Board board, DecisionLog decisions, DecideAsModerator decide, Reasons reasons) {
    this.board = board;
    this.decisions = decisions;
    this.decide = decide;
    this.reasons = reasons;
  }

  record SignalView(String provider, String category, String medium, Optional<Double> score) {
    static List<SignalView> of(List<Signal> signals) {
      return signals.stream()
          .map(s -> new SignalView(s.provider(), s.category(), s.medium().code(), s.score()))
          .toList();
    }
  }

  record HeldView(
      String asset,
      String generation,
      Optional<String> shot,
      long decision,
      List<SignalView> signals,
      String policyVersion,
      Instant heldAt) {}

  record DecisionView(
      long decision,
      String outcome,
      String by,
      String actor,
      List<SignalView> signals,
      List<String> reasons,
      String policyVersion,
      Instant decidedAt) {}

  record AssetView(
      String asset,
      String generation,
      String outcome,
      long decision,
      boolean viewable,
      List<DecisionView> decisions) {}

  record Word(@Nullable List<String> reasons, @Nullable Long expectedDecision) {}

  @GetMapping("/held")
  Page<HeldView> held(
      Principal principal,
      @RequestParam Optional<String> after,
      @RequestParam(defaultValue = "50") int limit) {
    if (limit < 1 || limit > LONGEST_PAGE) {
      throw invalid("limit", "limit lies between 1 and " + LONGEST_PAGE);
    }
    Optional<DecisionLog.HeldCursor> cursor = after.flatMap(DecisionLog.HeldCursor::parse);
    if (after.isPresent() && cursor.isEmpty()) {
      throw invalid("after", "after is the 'next' of the page before");
    }
    Page<DecisionLog.Held> page = decisions.held(principal.workspace().value(), cursor, limit);
    return new Page<>(page.data().stream().map(ModerationController::view).toList(), page.next());
  }

  private static HeldView view(DecisionLog.Held held) {
    return new HeldView(
        held.asset(),
        held.generation(),
        held.shot(),
        held.decision(),
        SignalView.of(held.signals()),
        held.policyVersion(),
        held.heldAt());
  }

  @GetMapping("/assets/{asset}")
  @Allow({Role.MODERATOR, Role.REVIEWER, Role.PRODUCER, Role.APPROVER})
  AssetView show(Principal principal, @PathVariable String asset) {
    Take take =
        board
            .findTake(principal.workspace().value(), asset)
            .orElseThrow(ModerationController::unknown);
    List<DecisionLog.Decision> history = decisions.history(asset);
    return new AssetView(
        take.asset(),
        take.generation(),
        history.stream().findFirst().map(d -> d.outcome().code()).orElse("pending"),
        history.stream().findFirst().map(DecisionLog.Decision::decision).orElse(0L),
        take.viewable(),
        history.stream().map(ModerationController::view).toList());
  }

  private static DecisionView view(DecisionLog.Decision decision) {
    return new DecisionView(
        decision.decision(),
        decision.outcome().code(),
        decision.byPerson() ? "person" : "policy",
        decision.actor(),
        SignalView.of(decision.signals()),
        decision.reasons(),
        decision.policyVersion(),
        decision.decidedAt());
  }

  @PostMapping("/assets/{asset}/clear")
  AssetView clear(Principal principal, @PathVariable String asset, @RequestBody Word word) {
    return decide(principal, asset, Outcome.CLEAR, "clear", word);
  }

  @PostMapping("/assets/{asset}/block")
  AssetView block(Principal principal, @PathVariable String asset, @RequestBody Word word) {
    return decide(principal, asset, Outcome.BLOCK, "block", word);
  }

  private AssetView decide(
      Principal principal, String asset, Outcome wanted, String verb, Word word) {
    List<String> given = word.reasons() == null ? List.of() : word.reasons();
    reasons
        .objection(verb, given, true)
        .ifPresent(objection -> {
          throw invalid("reasons", objection);
        });
    if (word.expectedDecision() == null || word.expectedDecision() < 0) {
      throw invalid("expected_decision", "name the decision you looked at; 0 if there was none");
    }
    String workspace = principal.workspace().value();
    return switch (decide.decide(
        workspace, principal.actor(), asset, wanted, given, word.expectedDecision())) {
      case DecideAsModerator.Result.Decided decided -> show(principal, asset);
      case DecideAsModerator.Result.Unknown unknown -> throw unknown();
      case DecideAsModerator.Result.Changed changed ->
          throw new RefusalException(
                  ErrorCode.CONFLICT, "The asset was decided on since you looked.")
              .detail("decision", changed.decision());
      case DecideAsModerator.Result.Refused refused ->
          throw new RefusalException(ErrorCode.NOT_ALLOWED, refused.rule().reason())
              .detail("rule", refused.rule().name());
    };
  }

  private static RefusalException invalid(String field, String message) {
    return new RefusalException(ErrorCode.INVALID_REQUEST, message).param(field);
  }

  private static RefusalException unknown() {
    return new RefusalException(ErrorCode.NOT_FOUND, "There is no such asset.");
  }
}
