package dev.dailies.worker.flow;

import dev.dailies.contracts.event.Operation;
import dev.dailies.contracts.event.OutputForm;
import dev.dailies.contracts.event.RenderJob;
import dev.dailies.worker.endpoint.Direction;
import dev.dailies.worker.endpoint.FrameSize;
import dev.dailies.worker.endpoint.InputFile;
import dev.dailies.worker.endpoint.ParentRoute;
import dev.dailies.worker.endpoint.ParentVideo;
import dev.dailies.worker.endpoint.RenderRequest;
import dev.dailies.worker.endpoint.Sound;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a job asks of a model. */
final class RequestOf {
  private RequestOf() {}

  /**
   * @param endpoint the one that will be asked
   */
  static RenderRequest job(RenderJob job, List<InputFile> inputs, String endpoint) {
    OutputForm output = job.getForm().getOutput();
    return new RenderRequest(
        job.getEndpointModel(),
        job.getForm().getOperation(),
        job.getText().getPrompt(),
        job.getText().getNegativePrompt(),
        new FrameSize(output.getWidth(), output.getHeight()),
        Duration.ofMillis(output.getLengthMillis()),
        sound(job),
        job.getForm().getSeed().map(OptionalLong::of).orElseGet(OptionalLong::empty),
        inputs,
        parent(job, endpoint),
        new Direction(job.getText().getBeats(), job.getText().getAudio()));
  }

  private static Optional<ParentVideo> parent(RenderJob job, String endpoint) {
    return job.getForm().getOperation() == Operation.GENERATE
        ? Optional.empty()
        : Optional.of(
            new ParentVideo(
                ParentRoute.idAt(job, endpoint),
                job.getParentLengthMillis().map(Duration::ofMillis)));
  }

  private static Sound sound(RenderJob job) {
    return switch (job.getForm().getAudioMode()) {
      case UNKNOWN, MODEL_DEFAULT -> Sound.MODEL_DEFAULT;
      case NONE -> Sound.NONE;
      case AMBIENCE -> Sound.AMBIENCE;
      case FULL -> Sound.FULL;
    };
  }
}
