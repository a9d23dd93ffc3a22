package dev.dailies.worker.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is wanted of a model, in our own units; an adapter puts it into its server's.
 *
 * @param model the model as the endpoint names it
 * @param operation generate, remix, edit and so on, in capitals as contracts name it
 * @param prompt what is to be seen
 * @param negativePrompt what must not be seen
 * @param size size of the picture
 * @param length length of the clip
 * @param sound how much sound
 * @param seed empty: the server chooses
 * @param inputs files to start from
 */
public record RenderRequest(
    String model,
    String operation,
    String prompt,
    Optional<String> negativePrompt,
    FrameSize size,
    Duration length,
    Sound sound,
    OptionalLong seed,
    List<InputFile> inputs) {
  public RenderRequest {
    if (length.isNegative()) {
      throw new IllegalArgumentException("a length is not negative");
    }
    inputs = List.copyOf(inputs);
  }

  RenderRequest with(FrameSize otherSize, Duration otherLength, Sound otherSound) {
    return new RenderRequest(
        model, operation, prompt, negativePrompt, otherSize, otherLength, otherSound, seed, inputs);
  }
}
