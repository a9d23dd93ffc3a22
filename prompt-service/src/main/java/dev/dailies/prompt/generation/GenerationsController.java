package dev.dailies.prompt.generation;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.GenerationId;
import dev.dailies.edge.Allow;
import dev.dailies.edge.Principal;
import dev.dailies.edge.RefusalException;
import dev.dailies.edge.Role;
import dev.dailies.prompt.generation.EraseGeneration.Unfinished;
import dev.dailies.prompt.library.ListQuery;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The native API of generations: accepting, lists, all that is known of one, cancelling, erasing.
 */
@RestController
@RequestMapping("/api/generations")
@Allow({Role.PRODUCER, Role.REVIEWER, Role.MODERATOR, Role.APPROVER, Role.OPERATOR})
class GenerationsController {
  private final SubmitGeneration submit;
  private final GenerationViews views;
  private final GenerationLists lists;
  private final CancelGeneration cancel;
  private final EraseGeneration erase;
  private final HttpRequestBody bodies;

  GenerationsController(
      SubmitGeneration submit,
      GenerationViews views,
      GenerationLists lists,
      CancelGeneration cancel,
      EraseGeneration erase,
      GenerationProperties properties,
      Clock clock) {
    this.submit = submit;
    this.views = views;
    this.lists = lists;
    this.cancel = cancel;
    this.erase = erase;
    this.bodies = new HttpRequestBody(properties, clock);
  }

  /** The whole specification, and as many variations as are wanted: all of them, or none. */
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Allow(Role.PRODUCER)
  ResponseEntity<Map<String, Object>> create(Principal principal, HttpServletRequest request)
      throws IOException {
    Repetition repetition = bodies.repetition(request, principal);
    try {
      Submission.Accepted accepted =
          HttpRequestBody.accepted(
              bodies.read(
                  request,
                  body ->
                      submit.submit(
                          principal.workspace(),
                          principal.actor(),
                          GenerationRequests.read(VideoRequests.json(body)),
                          repetition)));
      return ResponseEntity.created(URI.create("/api/generations/" + accepted.first().id()))
          .body(GenerationJson.accepted(accepted));
    } catch (Unreadable e) {
      throw HttpRequestBody.refuse(e.refusal());
    }
  }

  /** Some, as {@link GenerationQuery} says, in pages that are stable while others come in. */
  @GetMapping
  Map<String, Object> list(Principal principal, HttpServletRequest request) {
    ListQuery query = ListQuery.of(request.getParameterMap(), GenerationQuery.FILTERS);
    return query.page(
        lists.list(principal.workspace(), GenerationQuery.of(query)),
        GenerationSummary::json,
        last -> last.place().cursor());
  }

  @GetMapping("/{id}")
  Map<String, Object> one(Principal principal, @PathVariable String id) {
    return GenerationIds.parse(id)
        .flatMap(known -> views.detail(principal.workspace(), known))
        .map(GenerationJson::of)
        .orElseThrow(GenerationIds::unknown);
  }

  /** 200 when it has ended; 202 while a worker still has to say the last word. */
  @PostMapping("/{id}/cancel")
  @Allow(Role.PRODUCER)
  ResponseEntity<Map<String, Object>> cancel(Principal principal, @PathVariable String id) {
    GenerationId known = GenerationIds.parse(id).orElseThrow(GenerationIds::unknown);
    return switch (cancel.cancel(known, principal.workspace(), principal.actor())) {
      case CancelGeneration.Outcome.Cancelled() -> ResponseEntity.ok(one(principal, known.value()));
      case CancelGeneration.Outcome.Cancelling() ->
          ResponseEntity.accepted().body(one(principal, known.value()));
      case CancelGeneration.Outcome.AlreadyEnded(GenerationState state) ->
          throw new RefusalException(
                  ErrorCode.ALREADY_ENDED,
                  "The generation is " + state.name().toLowerCase(Locale.ROOT) + " already.")
              .detail("state", state.name().toLowerCase(Locale.ROOT));
      case CancelGeneration.Outcome.Unknown() -> throw GenerationIds.unknown();
    };
  }

  /** 200 when its words are gone; 202 while a worker still has to say the last word. */
  @DeleteMapping("/{id}")
  @Allow(Role.PRODUCER)
  ResponseEntity<Map<String, Object>> erase(Principal principal, @PathVariable String id) {
    GenerationId known = GenerationIds.parse(id).orElseThrow(GenerationIds::unknown);
    return switch (erase.erase(
        known, principal.workspace(), principal.actor(), Unfinished.CANCEL)) {
      case ERASED -> ResponseEntity.ok(one(principal, known.value()));
      case CANCELLING, NOT_ENDED -> ResponseEntity.accepted().body(one(principal, known.value()));
      case UNKNOWN -> throw GenerationIds.unknown();
    };
  }
}
