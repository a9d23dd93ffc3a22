package dev.dailies.prompt.generation;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.event.Operation;
import dev.dailies.edge.Allow;
import dev.dailies.edge.Principal;
import dev.dailies.edge.RefusalException;
import dev.dailies.edge.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * OpenAI's videos contract: create, remix, edit, extend; each as JSON or as a form.
 *
 * <p>Source: openai-openapi f85dbe2; what its official clients send was observed.
 */
@RestController
@RequestMapping("/v1/videos")
@Allow(Role.PRODUCER)
class MakeVideosController {
  private static final String JSON = MediaType.APPLICATION_JSON_VALUE;
  private static final String FORM = MediaType.MULTIPART_FORM_DATA_VALUE;

  private final SubmitGeneration submit;
  private final HttpRequestBody bodies;
  private final VideoJson videos;

  MakeVideosController(SubmitGeneration submit, GenerationProperties properties, Clock clock) {
    this.submit = submit;
    this.bodies = new HttpRequestBody(properties, clock);
    this.videos = new VideoJson(properties, clock);
  }

  /** Makes a request of the fields and the file. */
  @FunctionalInterface
  private interface Reading {
    GenerationRequest apply(JsonNode fields, Optional<Upload> file) throws Unreadable;
  }

  @PostMapping(consumes = JSON)
  ResponseEntity<Map<String, Object>> create(Principal principal, HttpServletRequest request)
      throws IOException {
    return json(principal, request, VideoRequests::create);
  }

  @PostMapping(consumes = FORM)
  ResponseEntity<Map<String, Object>> createFromForm(
      Principal principal, HttpServletRequest request) throws IOException {
    return form(principal, request, Optional.of("input_reference"), VideoRequests::create);
  }

  @PostMapping(path = "/{id}/remix", consumes = JSON)
  ResponseEntity<Map<String, Object>> remix(
      Principal principal, HttpServletRequest request, @PathVariable String id) throws IOException {
    return json(principal, request, (fields, file) -> VideoRequests.remix(fields, id));
  }

  @PostMapping(path = "/{id}/remix", consumes = FORM)
  ResponseEntity<Map<String, Object>> remixFromForm(
      Principal principal, HttpServletRequest request, @PathVariable String id) throws IOException {
    return form(
        principal, request, Optional.empty(), (fields, file) -> VideoRequests.remix(fields, id));
  }

  @PostMapping(path = "/edits", consumes = JSON)
  ResponseEntity<Map<String, Object>> edit(Principal principal, HttpServletRequest request)
      throws IOException {
    return json(principal, request, made(Operation.EDIT));
  }

  @PostMapping(path = "/edits", consumes = FORM)
  ResponseEntity<Map<String, Object>> editFromForm(Principal principal, HttpServletRequest request)
      throws IOException {
    return form(principal, request, Optional.of("video"), made(Operation.EDIT));
  }

  @PostMapping(path = "/extensions", consumes = JSON)
  ResponseEntity<Map<String, Object>> extend(Principal principal, HttpServletRequest request)
      throws IOException {
    return json(principal, request, made(Operation.EXTEND));
  }

  @PostMapping(path = "/extensions", consumes = FORM)
  ResponseEntity<Map<String, Object>> extendFromForm(
      Principal principal, HttpServletRequest request) throws IOException {
    return form(principal, request, Optional.of("video"), made(Operation.EXTEND));
  }

  /** A part of the contract that needs a person's consent first, which can't be given here yet. */
  @PostMapping("/characters")
  void createCharacter() {
    throw noCharacters();
  }

  /** See {@link #createCharacter}. */
  @GetMapping("/characters/{id}")
  @Allow({Role.PRODUCER, Role.REVIEWER, Role.MODERATOR, Role.APPROVER, Role.OPERATOR})
  void character(@PathVariable String id) {
    throw noCharacters();
  }

  private static RefusalException noCharacters() {
    return new RefusalException(ErrorCode.NOT_AVAILABLE, "Characters are not available here.");
  }

  private static Reading made(Operation operation) {
    return (fields, file) -> VideoRequests.of(operation, fields, file);
  }

  private ResponseEntity<Map<String, Object>> json(
      Principal principal, HttpServletRequest request, Reading reading) throws IOException {
    Repetition repetition = bodies.repetition(request, principal);
    try {
      return bodies.read(
          request,
          body ->
              accept(
                  principal,
                  reading.apply(VideoRequests.json(body), Optional.empty()),
                  repetition));
    } catch (Unreadable e) {
      throw HttpRequestBody.refuse(e.refusal());
    }
  }

  private ResponseEntity<Map<String, Object>> form(
      Principal principal, HttpServletRequest request, Optional<String> file, Reading reading)
      throws IOException {
    Repetition repetition = bodies.repetition(request, principal);
    try {
      return bodies.form(
          request,
          file,
          parts -> accept(principal, reading.apply(parts.fields(), parts.file()), repetition));
    } catch (Unreadable e) {
      throw HttpRequestBody.refuse(e.refusal());
    }
  }

  private ResponseEntity<Map<String, Object>> accept(
      Principal principal, GenerationRequest request, Repetition repetition) {
    Submission.Made made =
        HttpRequestBody.accepted(
                submit.submit(principal.workspace(), principal.actor(), request, repetition))
            .first();
    return HttpVideoAnswer.of(
        VideoFacts.accepted(made.id(), made.specification(), made.acceptedAt()), videos);
  }
}
