package dev.dailies.prompt.generation;

import dev.dailies.contracts.BriefId;
import dev.dailies.contracts.ProjectId;
import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.event.AudioMode;
import dev.dailies.contracts.event.Operation;
import dev.dailies.contracts.event.OutputKind;
import dev.dailies.contracts.event.PriorityClass;
import dev.dailies.prompt.library.Wish;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What a client asked for: its fields are readable, whether they are possible is for {@link
 * AcceptRules} to say. Size and length are kept as written, so that a refusal can name them.
 *
 * @param seconds empty: the usual; a number that is not whole is kept as text; of an extension:
 *     what is added
 * @param audio empty: the model's own choice, or that of the video it is made of
 * @param variations how many videos are wanted
 */
public record GenerationRequest(
    Operation operation,
    Specification.Words words,
    Optional<String> model,
    Optional<String> size,
    Optional<String> seconds,
    Optional<Long> seed,
    Optional<AudioMode> audio,
    List<WantedSource> sources,
    Output output,
    Place place,
    Care care,
    Map<String, String> metadata,
    int variations) {
  public GenerationRequest {
    sources = List.copyOf(sources);
    metadata = Map.copyOf(new TreeMap<>(metadata));
  }

  /** The wanted form, but for size and length. */
  public record Output(OutputKind kind, Optional<Double> rate, Optional<String> codec) {}

  /** Where the work belongs. A shot knows its project and brief itself. */
  public record Place(
      Optional<ProjectId> project,
      Optional<BriefId> brief,
      Optional<String> briefRow,
      Optional<ShotId> shot,
      Map<String, String> dimensions) {
    Wish wish() {
      return new Wish(
          project.map(ProjectId::value),
          brief.map(BriefId::value),
          shot.map(ShotId::value),
          briefRow,
          Optional.empty(),
          dimensions);
    }
  }

  /** How the work is to be treated. */
  public record Care(
      PriorityClass priority,
      Optional<Instant> notBefore,
      Optional<Instant> deadline,
      String labelProfile,
      String retentionClass) {}

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
