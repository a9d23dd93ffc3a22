package dev.dailies.prompt.generation;

import java.util.Map;
import org.springframework.http.ResponseEntity;

/** The answer with one video, and when to ask again. */
final class HttpVideoAnswer {
  private static final String POLL_AFTER = "openai-poll-after-ms";

  private HttpVideoAnswer() {}

  static ResponseEntity<Map<String, Object>> of(VideoFacts facts, VideoJson videos) {
    VideoStatus status = videos.status(facts);
    ResponseEntity.BodyBuilder response = ResponseEntity.ok();
    if (!status.last()) {
      response.header(POLL_AFTER, videos.pollAfterMillis());
    }
    return response.body(videos.body(facts, status));
  }
}
