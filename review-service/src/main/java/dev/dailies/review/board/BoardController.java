package dev.dailies.review.board;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.edge.Allow;
import dev.dailies.edge.Principal;
import dev.dailies.edge.RefusalException;
import dev.dailies.edge.Role;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shots and their variations over HTTP. */
@RestController
@RequestMapping("/api/reviews/shots")
@Allow({Role.PRODUCER, Role.REVIEWER, Role.MODERATOR, Role.APPROVER, Role.OPERATOR})
class BoardController {
  private static final int LONGEST_PAGE = 200;

  private final Board board;

  BoardController(Board board) {
    this.board = board;
  }

  @GetMapping
  Page<ShotLine> list(
      Principal principal,
      @RequestParam Optional<String> project,
      @RequestParam Optional<String> after,
      @RequestParam(defaultValue = "50") int limit) {
    if (limit < 1 || limit > LONGEST_PAGE) {
      throw new RefusalException(
              ErrorCode.INVALID_REQUEST, "limit lies between 1 and " + LONGEST_PAGE)
          .param("limit");
    }
    return board.list(principal.workspace().value(), project, after, limit);
  }

  @GetMapping("/{shot}")
  ShotBoard show(Principal principal, @PathVariable String shot) {
    return board
        .find(principal.workspace().value(), shot)
        .orElseThrow(() -> new RefusalException(ErrorCode.NOT_FOUND, "There is no such shot."));
  }
}
