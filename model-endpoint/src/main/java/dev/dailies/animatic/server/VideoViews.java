package dev.dailies.animatic.server;

import dev.dailies.animatic.jobs.Job;
import dev.dailies.animatic.jobs.Origin;
import dev.dailies.animatic.jobs.SweepJobs;
import dev.dailies.animatic.journal.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A job as clients see it: OpenAI's Video, with vLLM-Omni's {@code inference_time_s}, {@code
 * stage_durations}, {@code file_name} and {@code media_type}, OpenRouter's {@code usage.cost}, and
 * {@code client_reference}, {@code seed}, {@code model_version} and {@code cost} of our own.
 */
final class VideoViews {
  private final SweepJobs sweep;
  private final String version;

  VideoViews(SweepJobs sweep, String version) {
    this.sweep = sweep;
    this.version = version;
  }

  Map<String, Object> video(Job job) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", job.id().value());
    view.put("object", "video");
    view.put("model", job.request().model());
    view.put("status", job.status().name().toLowerCase(Locale.ROOT));
    view.put("progress", job.progress());
    view.put("created_at", job.createdAt().getEpochSecond());
    view.put("completed_at", seconds(job.endedAt().filter(at -> completed(job))));
    view.put("expires_at", seconds(job.endedAt().map(sweep::expiry)));
    view.put("prompt", job.request().prompt());
    view.put("size", job.request().size());
    view.put("seconds", job.request().seconds());
    view.put("remixed_from_video_id", remixed(job).orElse(null));
    view.put("error", job.error().map(VideoViews::error).orElse(null));
    view.put("seed", job.request().seed());
    view.put("fps", job.request().rate());
    view.put("model_version", version);
    job.request().clientReference().ifPresent(name -> view.put("client_reference", name));
    job.workedFor().ifPresent(time -> timings(view, job, time));
    job.billed().ifPresent(cost -> cost(view, cost));
    if (completed(job)) {
      view.put("file_name", job.id().value() + ".mp4");
      view.put("media_type", "video/mp4");
    }
    return view;
  }

  private static Optional<String> remixed(Job job) {
    return job.request()
        .origin()
        .filter(origin -> origin.operation() == Origin.Operation.REMIX)
        .flatMap(Origin::video);
  }

  private static boolean completed(Job job) {
    return job.status() == Job.Status.COMPLETED;
  }

  private static Map<String, Object> error(Job.JobError error) {
    return Map.of("code", error.code(), "message", error.message());
  }

  private static void timings(Map<String, Object> view, Job job, Duration worked) {
    view.put("inference_time_s", worked.toMillis() / 1000.0);
    Duration waited =
        job.startedAt().map(from -> Duration.between(job.createdAt(), from)).orElse(Duration.ZERO);
    view.put(
        "stage_durations",
        Map.of("queue", waited.toMillis() / 1000.0, "render", worked.toMillis() / 1000.0));
  }

  /** The decimal text is exact; the number is there for those who know OpenRouter's shape. */
  private static void cost(Map<String, Object> view, Money cost) {
    view.put("cost", Map.of("amount", cost.amount().toPlainString(), "currency", cost.currency()));
    view.put("usage", Map.of("cost", cost.amount(), "currency", cost.currency()));
  }

  private static @org.jspecify.annotations.Nullable Long seconds(Optional<Instant> at) {
    return at.map(Instant::getEpochSecond).orElse(null);
  }
}
