package dev.dailies.animatic.server;

import dev.dailies.animatic.jobs.Job;
import dev.dailies.animatic.jobs.JobRunner;
import dev.dailies.animatic.jobs.JobStore;
import dev.dailies.animatic.journal.VideoId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/videos}: get, list, delete. */
@RestController
final class VideosController {
  private static final int LONGEST_PAGE = 100;

  private final JobStore store;
  private final JobRunner runner;
  private final VideoViews views;
  private final HttpVideoAnswers answers;
  private final MissingLooks missing;

  VideosController(
      JobStore store,
      JobRunner runner,
      VideoViews views,
      HttpVideoAnswers answers,
      MissingLooks missing) {
    this.store = store;
    this.runner = runner;
    this.views = views;
    this.answers = answers;
    this.missing = missing;
  }

  @GetMapping("/v1/videos/{id}")
  ResponseEntity<Map<String, Object>> look(@PathVariable String id) {
    Job job = VideoId.parse(id).flatMap(store::find).orElseThrow(ApiError::unknownVideo);
    if (missing.isMissing(job)) {
      throw ApiError.unknownVideo();
    }
    return answers.of(job);
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
