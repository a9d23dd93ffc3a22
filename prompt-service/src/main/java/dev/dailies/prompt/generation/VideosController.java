package dev.dailies.prompt.generation;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.GenerationId;
import dev.dailies.edge.Allow;
import dev.dailies.edge.Principal;
import dev.dailies.edge.RefusalException;
import dev.dailies.edge.Role;
import dev.dailies.prompt.generation.GenerationViews.Order;
import dev.dailies.prompt.generation.VideoRequests.Unreadable;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/**
 * OpenAI's videos contract: create, look, list.
 *
 * <p>Source: openai-openapi f85dbe2; what its official clients send was observed.
 */
@RestController
@RequestMapping("/v1/videos")
@Allow({Role.PRODUCER, Role.REVIEWER, Role.MODERATOR, Role.APPROVER, Role.OPERATOR})
class VideosController {
  private static final String POLL_AFTER = "openai-poll-after-ms";
  private static final int LONGEST_KEY = 255;
  private static final int LARGEST_PAGE = 100;

  private final SubmitGeneration submit;
  private final GenerationViews views;
  private final GenerationProperties properties;
  private final Clock clock;

  VideosController(
      SubmitGeneration submit,
      GenerationViews views,
      GenerationProperties properties,
      Clock clock) {
    this.submit = submit;
    this.views = views;
    this.properties = properties;
    this.clock = clock;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Allow(Role.PRODUCER)
  ResponseEntity<Map<String, Object>> create(
      Principal principal,
      HttpServletRequest request,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key)
      throws IOException {
    int most = (int) properties.largestBody().toBytes();
    byte[] body = request.getInputStream().readNBytes(most + 1);
    if (body.length > most) {
      throw new RefusalException(
          ErrorCode.TOO_LARGE, "At most " + most + " bytes of JSON are taken.");
    }
    try {
      return accept(principal, VideoRequests.json(body), key);
    } catch (Unreadable e) {
      throw refuse(e.refusal());
    }
  }

  @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @Allow(Role.PRODUCER)
  ResponseEntity<Map<String, Object>> createFromForm(
      Principal principal,
      MultipartHttpServletRequest request,
      @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key) {
    if (!request.getMultiFileMap().isEmpty()) {
      throw new RefusalException(
              ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Files can't be taken yet; send a prompt alone.")
          .param(request.getMultiFileMap().keySet().iterator().next());
    }
    Map<String, List<String>> fields =
        request.getParameterMap().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> Arrays.asList(e.getValue())));
    try {
      return accept(principal, VideoRequests.form(fields), key);
    } catch (Unreadable e) {
      throw refuse(e.refusal());
    }
  }

  private ResponseEntity<Map<String, Object>> accept(
      Principal principal, VideoRequest request, @Nullable String key) {
    Submission submission =
        submit.submit(principal.workspace(), principal.actor(), request, idempotencyKey(key));
    return switch (submission) {
      case Submission.Accepted accepted ->
          answer(
              VideoFacts.accepted(accepted.id(), accepted.specification(), accepted.acceptedAt()));
      case Submission.Refused refused -> throw refuse(refused.refusal());
      case Submission.KeyReused() ->
          throw new RefusalException(
              ErrorCode.IDEMPOTENCY_KEY_REUSED,
              "This Idempotency-Key was used for another request; choose a new one.");
    };
  }

  private static Optional<String> idempotencyKey(@Nullable String key) {
    if (key == null) {
      return Optional.empty();
    }
    boolean printable = key.chars().allMatch(c -> c > ' ' && c < 127);
    if (key.isEmpty() || key.length() > LONGEST_KEY || !printable) {
      throw new RefusalException(
              ErrorCode.INVALID_REQUEST,
              "An Idempotency-Key holds 1 to " + LONGEST_KEY + " visible ASCII characters.")
          .param("Idempotency-Key");
    }
    return Optional.of(key);
  }

  private static RefusalException refuse(Refusal refusal) {
    return new RefusalException(refusal.code(), refusal.message())
        .param(refusal.param())
        .detail("rule", refusal.rule());
  }

  @GetMapping("/{id}")
  ResponseEntity<Map<String, Object>> one(Principal principal, @PathVariable String id) {
    return GenerationIds.parse(id)
        .flatMap(known -> views.video(principal.workspace(), known))
        .map(this::answer)
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
    answer.put("data", page.stream().map(facts -> body(facts, status(facts))).toList());
    answer.put("first_id", page.isEmpty() ? null : page.getFirst().id().value());
    answer.put("last_id", page.isEmpty() ? null : page.getLast().id().value());
    answer.put("has_more", found.size() > most);
    return answer;
  }

  private static RefusalException invalid(String param, String message) {
    return new RefusalException(ErrorCode.INVALID_REQUEST, message).param(param);
  }

  private VideoStatus status(VideoFacts facts) {
    return VideoStatus.of(facts, clock.instant(), properties.moderationPatience());
  }

  private ResponseEntity<Map<String, Object>> answer(VideoFacts facts) {
    VideoStatus status = status(facts);
    ResponseEntity.BodyBuilder response = ResponseEntity.ok();
    if (!status.last()) {
      response.header(POLL_AFTER, String.valueOf(properties.pollAfter().toMillis()));
    }
    return response.body(body(facts, status));
  }

  private static Map<String, Object> body(VideoFacts facts, VideoStatus status) {
    Map<String, Object> video = new LinkedHashMap<>();
    video.put("id", facts.id().value());
    video.put("object", "video");
    video.put("model", facts.form().model());
    video.put("status", status.word());
    video.put("progress", status.progress());
    video.put("created_at", facts.acceptedAt().getEpochSecond());
    video.put("completed_at", status.since().map(t -> t.getEpochSecond()).orElse(null));
    video.put("expires_at", null);
    video.put("prompt", facts.prompt().orElse(null));
    video.put("size", facts.form().size().toString());
    video.put("seconds", String.valueOf(facts.form().length().toSeconds()));
    video.put("remixed_from_video_id", null);
    video.put(
        "error",
        status
            .problem()
            .map(problem -> Map.of("code", problem.code(), "message", problem.message()))
            .orElse(null));
    return video;
  }
}
