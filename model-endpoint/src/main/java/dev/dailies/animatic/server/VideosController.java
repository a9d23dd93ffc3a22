package dev.dailies.animatic.server;

import dev.dailies.animatic.AnimaticProperties;
import dev.dailies.animatic.controls.ControlDesk;
import dev.dailies.animatic.controls.Directives;
import dev.dailies.animatic.controls.Marker;
import dev.dailies.animatic.jobs.ClipRequest;
import dev.dailies.animatic.jobs.Job;
import dev.dailies.animatic.jobs.JobRunner;
import dev.dailies.animatic.jobs.JobStore;
import dev.dailies.animatic.jobs.SubmitClip;
import dev.dailies.animatic.jobs.SubmitOutcome;
import dev.dailies.animatic.journal.VideoId;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/videos}: create, get, list, delete. */
@RestController
final class VideosController {
  /** Says which markers hold for a create whose prompt should stay clean. */
  static final String CONTROLS_HEADER = "X-Animatic-Controls";

  private static final int LONGEST_PAGE = 100;

  private final ClipRequests requests;
  private final SubmitClip submit;
  private final JobStore store;
  private final JobRunner runner;
  private final ControlDesk desk;
  private final VideoViews views;
  private final MissingLooks missing;
  private final Duration pollAfter;

  VideosController(
      ClipRequests requests,
      SubmitClip submit,
      JobStore store,
      JobRunner runner,
      ControlDesk desk,
      VideoViews views,
      MissingLooks missing,
      AnimaticProperties properties) {
    this.requests = requests;
    this.submit = submit;
    this.store = store;
    this.runner = runner;
    this.desk = desk;
    this.views = views;
    this.missing = missing;
    this.pollAfter = properties.pollAfter();
  }

  @PostMapping("/v1/videos")
  @Nullable ResponseEntity<Map<String, Object>> create(HttpServletRequest http) {
    VideoFields fields = HttpRequestBody.fields(http);
    ClipRequest request =
        requests.request(fields, Optional.ofNullable(http.getHeader("traceparent")));
    Optional<byte[]> still = requests.still(fields);
    still.ifPresent(Stills::check);
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
        switch (submit.submit(request, directives, still)) {
          case SubmitOutcome.Accepted accepted -> accepted.job();
          case SubmitOutcome.Full full -> throw ApiError.tooMany(full.retryAfter().toMillis());
        };
    if (directives.has(Marker.RESET_AFTER_ACCEPT)) {
      HttpConnectionReset.reset(http);
      return null;
    }
    if (directives.has(Marker.SERVER_ERROR_AFTER_ACCEPT)) {
      throw ApiError.fault("An internal error occurred.");
    }
    return answered(job);
  }

  @GetMapping("/v1/videos/{id}")
  ResponseEntity<Map<String, Object>> look(@PathVariable String id) {
    Job job = VideoId.parse(id).flatMap(store::find).orElseThrow(ApiError::unknownVideo);
    if (missing.isMissing(job)) {
      throw ApiError.unknownVideo();
    }
    return answered(job);
  }

  @GetMapping("/v1/videos")
  Map<String, Object> list(
      @RequestParam(defaultValue = "20") String limit,
      @RequestParam(defaultValue = "desc") String order,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(name = "client_reference", required = false) @Nullable String reference) {
    int most = limit(limit);
    boolean oldestFirst = oldestFirst(order);
    List<Job> all = store.all();
    List<Job> wanted =
        (oldestFirst ? all : all.reversed())
            .stream()
                .filter(job -> isOf(job, reference))
                .filter(job -> isBehind(job, after, oldestFirst))
                .toList();
    List<Job> page = wanted.subList(0, Math.min(most, wanted.size()));
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("object", "list");
    view.put("data", page.stream().map(views::video).toList());
    view.put("first_id", page.isEmpty() ? null : page.getFirst().id().value());
    view.put("last_id", page.isEmpty() ? null : page.getLast().id().value());
    view.put("has_more", wanted.size() > page.size());
    return view;
  }

  @DeleteMapping("/v1/videos/{id}")
  Map<String, Object> delete(@PathVariable String id) throws InterruptedException {
    VideoId known = VideoId.parse(id).orElseThrow(ApiError::unknownVideo);
    if (!runner.cancel(known)) {
      throw ApiError.unknownVideo();
    }
    return Map.of("id", id, "object", "video.deleted", "deleted", true);
  }

  private Directives directives(ClipRequest request, HttpServletRequest http) {
    try {
      return desk.forCreate(request.prompt(), Optional.ofNullable(http.getHeader(CONTROLS_HEADER)));
    } catch (IllegalArgumentException e) {
      throw ApiError.invalid("prompt", String.valueOf(e.getMessage()));
    }
  }

  private ResponseEntity<Map<String, Object>> answered(Job job) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
    if (!job.status().ended()) {
      answer.header("openai-poll-after-ms", Long.toString(pollAfter.toMillis()));
    }
    return answer.body(views.video(job));
  }

  private static boolean isOf(Job job, @Nullable String reference) {
    return reference == null
        || job.request().clientReference().filter(reference::equals).isPresent();
  }

  private static boolean isBehind(Job job, @Nullable String after, boolean oldestFirst) {
    if (after == null) {
      return true;
    }
    int order = job.id().value().compareTo(after);
    return oldestFirst ? order > 0 : order < 0;
  }

  private static boolean oldestFirst(String order) {
    return switch (order) {
      case "asc" -> true;
      case "desc" -> false;
      default -> throw ApiError.invalid("order", "order is asc or desc.");
    };
  }

  private static int limit(String limit) {
    try {
      int value = Integer.parseInt(limit);
      if (value >= 0 && value <= LONGEST_PAGE) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, with what is taken.
    }
    throw ApiError.invalid("limit", "limit is a whole number from 0 to 100.");
  }
}
