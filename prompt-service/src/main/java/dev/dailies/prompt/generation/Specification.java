package dev.dailies.prompt.generation;

import dev.dailies.contracts.event.AudioMode;
import dev.dailies.contracts.event.PriorityClass;
import dev.dailies.prompt.catalogue.FrameSize;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a generation is to make: its form, which may be kept for ever, and its words, which must be
 * erasable.
 */
public record Specification(Form form, Words words) {

  /**
   * All but the free text.
   *
   * @param model the model asked for
   * @param length of the video
   * @param seed empty: the endpoint chooses
   * @param notBefore no start before
   */
  public record Form(
      String model,
      FrameSize size,
      Duration length,
      Optional<Long> seed,
      AudioMode audio,
      PriorityClass priority,
      Optional<Instant> notBefore) {
    public Form {
      if (model.isBlank() || length.isNegative() || length.isZero()) {
        throw new IllegalArgumentException("a form names a model and a length");
      }
    }
  }

  /**
   * The free text.
   *
   * @param prompt what is to be seen
   * @param negativePrompt what is not
   */
  public record Words(String prompt, Optional<String> negativePrompt) {
    public Words {
      if (prompt.isBlank()) {
        throw new IllegalArgumentException("a prompt is not blank");
      }
    }
  }
}
