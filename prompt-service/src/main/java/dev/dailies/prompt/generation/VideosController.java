package dev.dailies.prompt.generation;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.GenerationId;
import dev.dailies.edge.Allow;
import dev.dailies.edge.Principal;
import dev.dailies.edge.RefusalException;
import dev.dailies.edge.Role;
import dev.dailies.prompt.generation.EraseGeneration.Unfinished;
import dev.dailies.prompt.generation.GenerationViews.Order;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * OpenAI's videos contract: look, list and delete.
 *
 * <p>Source: openai-openapi f85dbe2; what its official clients send was observed.
 */
@RestController
@RequestMapping("/v1/videos")
@Allow({Role.PRODUCER, Role.REVIEWER, Role.MODERATOR, Role.APPROVER, Role.OPERATOR})
class VideosController {
  private static final int LARGEST_PAGE = 100;

  private final GenerationViews views;
  private final VideoJson videos;
  private final EraseGeneration erase;

  VideosController(
      GenerationViews views, EraseGeneration erase, GenerationProperties properties, Clock clock) {
    this.views = views;
    this.erase = erase;
    this.videos = new VideoJson(properties, clock);
  }

  @GetMapping("/{id}")
  ResponseEntity<Map<String, Object>> one(Principal principal, @PathVariable String id) {
    return GenerationIds.parse(id)
        .flatMap(known -> views.video(principal.workspace(), known))
        .map(facts -> HttpVideoAnswer.of(facts, videos))
        .orElseThrow(GenerationIds::unknown);
  }

  @GetMapping
  Map<String, Object> list(
      Principal principal,
      @RequestParam(defaultValue = "20") String limit,
      @RequestParam(defaultValue = "desc") String order,
      @RequestParam(required = false) @Nullable String after) {
    int most = limit.matches("[0-9]{1,3}") ? Integer.parseInt(limit) : LARGEST_PAGE + 1;
    if (most > LARGEST_PAGE) {
      throw invalid("limit", "limit is a number from 0 to " + LARGEST_PAGE + ".");
    }
    Order direction =
        switch (order) {
          case "asc" -> Order.ASC;
          case "desc" -> Order.DESC;
          default -> throw invalid("order", "order is asc or desc.");
        };
    Optional<GenerationId> from =
        after == null || after.isEmpty()
            ? Optional.empty()
            : Optional.of(
                GenerationIds.parse(after)
                    .orElseThrow(() -> invalid("after", "after is the id of a video.")));
    // One more than asked tells whether there are more.
    List<VideoFacts> found = views.videos(principal.workspace(), from, direction, most + 1);
    List<VideoFacts> page = found.subList(0, Math.min(most, found.size()));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("object", "list");
    answer.put("data", page.stream().map(facts -> videos.body(facts)).toList());
    answer.put("first_id", page.isEmpty() ? null : page.getFirst().id().value());
    answer.put("last_id", page.isEmpty() ? null : page.getLast().id().value());
    answer.put("has_more", found.size() > most);
    return answer;
  }

  /** This contract has no cancel: what is not completed or failed yet stays. */
  @DeleteMapping("/{id}")
  @Allow(Role.PRODUCER)
  Map<String, Object> delete(Principal principal, @PathVariable String id) {
    GenerationId known = GenerationIds.parse(id).orElseThrow(GenerationIds::unknown);
    VideoFacts facts =
        views.video(principal.workspace(), known).orElseThrow(GenerationIds::unknown);
    if (!videos.status(facts).last()) {
      throw unfinished();
    }
    switch (erase.erase(known, principal.workspace(), principal.actor(), Unfinished.REFUSE)) {
      case ERASED -> {}
      case NOT_ENDED, CANCELLING -> throw unfinished();
      case UNKNOWN -> throw GenerationIds.unknown();
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", known.value());
    answer.put("object", "video.deleted");
    answer.put("deleted", true);
    return answer;
  }

  private static RefusalException unfinished() {
    return new RefusalException(
        ErrorCode.NOT_ENDED, "The video is not finished; only completed or failed ones go.");
  }

  private static RefusalException invalid(String param, String message) {
    return new RefusalException(ErrorCode.INVALID_REQUEST, message).param(param);
  }
}
