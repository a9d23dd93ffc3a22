package dev.dailies.animatic.server;

import dev.dailies.animatic.jobs.Job;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.ResponseEntity;

/** A job as an answer: while it is unfinished, with when to ask again. */
final class HttpVideoAnswers {
  private final VideoViews views;
  private final Duration pollAfter;

  HttpVideoAnswers(VideoViews views, Duration pollAfter) {
    this.views = views;
    this.pollAfter = pollAfter;
  }

  ResponseEntity<Map<String, Object>> of(Job job) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
    if (!job.status().ended()) {
      answer.header("openai-poll-after-ms", Long.toString(pollAfter.toMillis()));
    }
    return answer.body(views.video(job));
  }
}
