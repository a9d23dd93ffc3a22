package dev.dailies.prompt.generation;

import dev.dailies.contracts.event.AudioMode;
import dev.dailies.contracts.event.PriorityClass;
import dev.dailies.prompt.library.Wish;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What a client asked for: its fields are readable, whether they are possible is for {@link
 * AcceptRules} to say. Size and length are kept as written, so that a refusal can name them.
 *
 * @param seconds empty: the usual; a number that is not whole is kept as text
 * @param wish where it wants to be placed
 */
public record VideoRequest(
    String prompt,
    Optional<String> model,
    Optional<String> size,
    Optional<String> seconds,
    Optional<Long> seed,
    Optional<String> negativePrompt,
    AudioMode audio,
    PriorityClass priority,
    Optional<Instant> notBefore,
    Map<String, String> metadata,
    Wish wish) {
  public VideoRequest {
    metadata = Map.copyOf(new TreeMap<>(metadata));
  }

  /** The length, if it is one of whole seconds. */
  OptionalInt wholeSeconds(int usual) {
    if (seconds.isEmpty()) {
      return OptionalInt.of(usual);
    }
    return seconds.get().matches("[0-9]{1,6}")
        ? OptionalInt.of(Integer.parseInt(seconds.get()))
        : OptionalInt.empty();
  }
}
