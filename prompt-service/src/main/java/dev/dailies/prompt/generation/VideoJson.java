package dev.dailies.prompt.generation;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** How OpenAI's videos contract shows a generation. */
final class VideoJson {
  private final GenerationProperties properties;
  private final Clock clock;

  VideoJson(GenerationProperties properties, Clock clock) {
    this.properties = properties;
    this.clock = clock;
  }

  VideoStatus status(VideoFacts facts) {
    return VideoStatus.of(facts, clock.instant(), properties.moderationPatience());
  }

  /** When a client is to ask again. */
  String pollAfterMillis() {
    return String.valueOf(properties.pollAfter().toMillis());
  }

  Map<String, Object> body(VideoFacts facts) {
    return body(facts, status(facts));
  }

  Map<String, Object> body(VideoFacts facts, VideoStatus status) {
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
    video.put("remixed_from_video_id", facts.form().madeOf().orElse(null));
    video.put(
        "error",
        status
            .problem()
            .map(problem -> Map.of("code", problem.code(), "message", problem.message()))
            .orElse(null));
    return video;
  }
}
