package dev.dailies.animatic.server;

import dev.dailies.animatic.jobs.ClipRequest;
import dev.dailies.animatic.jobs.Job;
import dev.dailies.animatic.jobs.Origin;
import dev.dailies.animatic.jobs.Origin.Operation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Checks the fields of a remix, an edit or an extension. What is left out is as in the source;
 * OpenAI has no fields for size, length and seed there, we take them. An extension keeps the size.
 */
final class DerivedRequests {
  private static final BigDecimal USUAL_ADDITION = BigDecimal.valueOf(4);
  private static final BigDecimal LONGEST = BigDecimal.valueOf(120);

  private final ClipRequests requests;

  DerivedRequests(ClipRequests requests) {
    this.requests = requests;
  }

  ClipRequest request(
      Operation operation, SourceClip source, VideoFields fields, Optional<String> traceparent) {
    String prompt = ClipRequests.prompt(fields);
    Optional<ClipRequest> before = source.job().map(Job::request);
    int[] size = size(operation, source, fields);
    int lead = operation == Operation.EXTEND ? source.frames() : 0;
    int frames = lead + added(operation, source, fields);
    return new ClipRequest(
        prompt,
        fields.text("negative_prompt"),
        requests.model(fields, before.map(ClipRequest::model).orElseGet(requests::usualModel)),
        size[0],
        size[1],
        source.rate(),
        frames,
        seconds(frames, source.rate()),
        ClipRequests.seed(fields)
            .or(() -> before.map(ClipRequest::seed))
            .orElseGet(ClipRequests::drawnSeed),
        ClipRequests.sound(fields).or(() -> before.map(ClipRequest::audio)).orElse(true),
        ClipRequests.clientReference(fields),
        operation == Operation.REMIX && before.filter(ClipRequest::still).isPresent(),
        Optional.of(new Origin(operation, source.job().map(job -> job.id().value()), lead)),
        traceparent);
  }

  private static int added(Operation operation, SourceClip source, VideoFields fields) {
    Optional<BigDecimal> asked = ClipRequests.seconds(fields);
    if (operation != Operation.EXTEND) {
      return asked
          .map(seconds -> ClipRequests.framesOf(seconds, source.rate()))
          .or(() -> remixed(operation, source))
          .orElseGet(source::frames);
    }
    BigDecimal more = asked.orElse(USUAL_ADDITION);
    if (source.seconds().add(more).compareTo(LONGEST) > 0) {
      throw ApiError.invalid("seconds", "A video is extended to at most 120 seconds in all.");
    }
    return ClipRequests.framesOf(more, source.rate());
  }

  /** As many as were asked for, which need not be what came of it. */
  private static Optional<Integer> remixed(Operation operation, SourceClip source) {
    return source
        .job()
        .filter(job -> operation == Operation.REMIX)
        .map(job -> job.request().frames());
  }

  private static int[] size(Operation operation, SourceClip source, VideoFields fields) {
    Optional<int[]> asked =
        operation == Operation.EXTEND ? Optional.empty() : ClipRequests.size(fields);
    return asked.orElseGet(() ->
        source
            .job()
            .map(job -> new int[] {job.request().width(), job.request().height()})
            .orElseGet(() ->
                ClipRequests.even(
                    source.video().width() / 2 * 2, source.video().height() / 2 * 2)));
  }

  private static String seconds(int frames, int rate) {
    return BigDecimal.valueOf(frames)
        .divide(BigDecimal.valueOf(rate), 3, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
