package dev.dailies.animatic.server;

import dev.dailies.animatic.controls.ControlDesk;
import dev.dailies.animatic.controls.Directives;
import dev.dailies.animatic.controls.Marker;
import dev.dailies.animatic.jobs.ClipRequest;
import dev.dailies.animatic.jobs.Job;
import dev.dailies.animatic.jobs.Materials;
import dev.dailies.animatic.jobs.Origin.Operation;
import dev.dailies.animatic.jobs.SubmitClip;
import dev.dailies.animatic.jobs.SubmitOutcome;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/videos}: create, remix, edit, extend; each is one paid submit. */
@RestController
final class MakeVideosController {
  /** Says which markers hold for a create whose prompt should stay clean. */
  static final String CONTROLS_HEADER = "X-Animatic-Controls";

  private final ClipRequests requests;
  private final DerivedRequests derived;
  private final SourceClips sources;
  private final SubmitClip submit;
  private final ControlDesk desk;
  private final HttpVideoAnswers answers;

  MakeVideosController(
      ClipRequests requests,
      SourceClips sources,
      SubmitClip submit,
      ControlDesk desk,
      HttpVideoAnswers answers) {
    this.requests = requests;
    this.derived = new DerivedRequests(requests);
    this.sources = sources;
    this.submit = submit;
    this.desk = desk;
    this.answers = answers;
  }

  @PostMapping("/v1/videos")
  @Nullable ResponseEntity<Map<String, Object>> create(HttpServletRequest http) {
    VideoFields fields = HttpRequestBody.fields(http);
    ClipRequest request = requests.request(fields, traceparent(http));
    Optional<byte[]> still = requests.still(fields);
    still.ifPresent(Stills::check);
    return made(http, request, Materials.of(still));
  }

  @PostMapping("/v1/videos/{id}/remix")
  @Nullable ResponseEntity<Map<String, Object>> remix(
      @PathVariable String id, HttpServletRequest http) {
    VideoFields fields = HttpRequestBody.fields(http);
    SourceClip source = sources.named(id, "video_id");
    return made(
        http,
        derived.request(Operation.REMIX, source, fields, traceparent(http)),
        Materials.of(sources.still(source)));
  }

  @PostMapping("/v1/videos/edits")
  @Nullable ResponseEntity<Map<String, Object>> edit(HttpServletRequest http) {
    return fromFootage(Operation.EDIT, http);
  }

  @PostMapping("/v1/videos/extensions")
  @Nullable ResponseEntity<Map<String, Object>> extend(HttpServletRequest http) {
    return fromFootage(Operation.EXTEND, http);
  }

  private @Nullable ResponseEntity<Map<String, Object>> fromFootage(
      Operation operation, HttpServletRequest http) {
    VideoFields fields = HttpRequestBody.fields(http);
    try (SourceClip source = sources.of(fields)) {
      return made(
          http,
          derived.request(operation, source, fields, traceparent(http)),
          new Materials(Optional.empty(), Optional.of(source.file())));
    }
  }

  private @Nullable ResponseEntity<Map<String, Object>> made(
      HttpServletRequest http, ClipRequest request, Materials materials) {
    Directives directives = directives(request, http);
    if (directives.has(Marker.RESET_BEFORE_ACCEPT)) {
      HttpConnectionReset.reset(http);
      return null;
    }
    if (directives.has(Marker.TOO_MANY)) {
      submit.reject(request.clientReference(), 429, "rate_limit_exceeded");
      throw ApiError.tooMany(directives.retryAfter().toMillis());
    }
    if (directives.has(Marker.SERVER_ERROR)) {
      submit.reject(request.clientReference(), 500, "internal_error");
      throw ApiError.fault("An internal error occurred.");
    }
    Job job =
        switch (submit.submit(request, directives, materials)) {
          case SubmitOutcome.Accepted accepted -> accepted.job();
          case SubmitOutcome.Full full -> throw ApiError.tooMany(full.retryAfter().toMillis());
          case SubmitOutcome.SourceGone gone -> throw ApiError.unknownVideo("video");
        };
    if (directives.has(Marker.RESET_AFTER_ACCEPT)) {
      HttpConnectionReset.reset(http);
      return null;
    }
    if (directives.has(Marker.SERVER_ERROR_AFTER_ACCEPT)) {
      throw ApiError.fault("An internal error occurred.");
    }
    return answers.of(job);
  }

  private static Optional<String> traceparent(HttpServletRequest http) {
    return Optional.ofNullable(http.getHeader("traceparent"));
  }

  private Directives directives(ClipRequest request, HttpServletRequest http) {
    try {
      return desk.forCreate(request.prompt(), Optional.ofNullable(http.getHeader(CONTROLS_HEADER)));
    } catch (IllegalArgumentException e) {
      throw ApiError.invalid("prompt", String.valueOf(e.getMessage()));
    }
  }
}
