package dev.dailies.worker.endpoint;

import dev.dailies.contracts.event.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is wanted of a model, in our own units; an adapter puts it into its server's.
 *
 * @param model the model as the endpoint names it
 * @param operation generate, remix, edit and so on
 * @param prompt what is to be seen
 * @param negativePrompt what must not be seen
 * @param size size of the picture
 * @param length length of the whole clip
 * @param sound how much sound
 * @param seed empty: the server chooses
 * @param inputs files to start from
 * @param parent the video that it is made of
 * @param direction storyboard and sound
 */
public record RenderRequest(
    String model,
    Operation operation,
    String prompt,
    Optional<String> negativePrompt,
    FrameSize size,
    Duration length,
    Sound sound,
    OptionalLong seed,
    List<InputFile> inputs,
    Optional<ParentVideo> parent,
    Direction direction) {
  public RenderRequest {
    if (length.isNegative()) {
      throw new IllegalArgumentException("a length is not negative");
    }
    inputs = List.copyOf(inputs);
  }

  /** How much has to be made anew: of an extension, what is added. */
  public Duration made() {
    return operation == Operation.EXTEND ? length.minus(kept()) : length;
  }

  /** How much was there before. */
  Duration kept() {
    return operation == Operation.EXTEND
        ? parent.flatMap(ParentVideo::length).orElse(Duration.ZERO)
        : Duration.ZERO;
  }

  RenderRequest with(FrameSize otherSize, Duration otherLength, Sound otherSound) {
    return new RenderRequest(
        model,
        operation,
        prompt,
        negativePrompt,
        otherSize,
        otherLength,
        otherSound,
        seed,
        inputs,
        parent,
        direction);
  }
}
