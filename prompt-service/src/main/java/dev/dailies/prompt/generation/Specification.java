package dev.dailies.prompt.generation;

import dev.dailies.contracts.event.AudioMode;
import dev.dailies.contracts.event.Operation;
import dev.dailies.contracts.event.OutputKind;
import dev.dailies.contracts.event.PriorityClass;
import dev.dailies.contracts.event.SourceRole;
import dev.dailies.prompt.catalogue.FrameSize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a generation is to make: its form, which may be kept for ever, and its words, which must be
 * erasable.
 */
public record Specification(Form form, Words words) {

  /**
   * All but the free text. Kept as JSON under these names: one may be added, none changed.
   *
   * @param model the model asked for
   * @param length of the video; of an extension: of the whole
   * @param rate frames a second; empty: the model's own
   * @param codec empty: the model's own
   * @param seed empty: the endpoint chooses
   * @param briefRow groups the formats and locales of one idea
   * @param variation place among the variations of one request, from 1
   * @param dimensions locale, format, channel and what else the team sorts by
   * @param notBefore no start before
   * @param deadline useless after
   */
  public record Form(
      Operation operation,
      String model,
      List<SourceUse> sources,
      OutputKind kind,
      FrameSize size,
      Duration length,
      Optional<Double> rate,
      Optional<String> codec,
      Optional<Long> seed,
      AudioMode audio,
      Optional<String> project,
      Optional<String> brief,
      Optional<String> briefRow,
      int variation,
      Map<String, String> dimensions,
      String labelProfile,
      String retentionClass,
      PriorityClass priority,
      Optional<Instant> notBefore,
      Optional<Instant> deadline) {
    static final String USUAL_LABEL_PROFILE = "default";
    static final String USUAL_RETENTION = "standard";

    public Form {
      if (model.isBlank() || length.isNegative() || length.isZero() || variation < 1) {
        throw new IllegalArgumentException("a form names a model, a length and a variation");
      }
      sources = List.copyOf(sources);
      dimensions = Map.copyOf(new TreeMap<>(dimensions));
    }

    /** The usual values of all that need not be said. */
    static Form plain(String model, FrameSize size, Duration length) {
      return new Form(
          Operation.GENERATE,
          model,
          List.of(),
          OutputKind.VIDEO,
          size,
          length,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          AudioMode.MODEL_DEFAULT,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          1,
          Map.of(),
          USUAL_LABEL_PROFILE,
          USUAL_RETENTION,
          PriorityClass.STANDARD,
          Optional.empty(),
          Optional.empty());
    }

    /** The same as another variation of its request: with the next seed, where one is named. */
    Form as(int place) {
      return new Form(
          operation,
          model,
          sources,
          kind,
          size,
          length,
          rate,
          codec,
          seed.map(first -> first + place - 1),
          audio,
          project,
          brief,
          briefRow,
          place,
          dimensions,
          labelProfile,
          retentionClass,
          priority,
          notBefore,
          deadline);
    }

    /** How long the uploaded video was that this one makes longer. */
    public Optional<Long> extendedMillis() {
      return sources.stream().flatMap(source -> source.lengthMillis().stream()).findFirst();
    }

    /** The video that a remix, an edit or an extension was made of. */
    Optional<String> madeOf() {
      return sources.stream()
          .filter(source -> source.role() == SourceRole.SOURCE)
          .flatMap(source -> source.generation().stream())
          .findFirst();
    }
  }

  /**
   * What the work starts from.
   *
   * @param id of a reference, an asset or a generation
   * @param firstFrame counted from 0; empty: from the start
   * @param lastFrame inclusive; empty: to the end
   * @param generation that made it; empty for a reference
   * @param lengthMillis of an uploaded video that is made longer
   */
  public record SourceUse(
      String id,
      SourceRole role,
      Optional<Integer> firstFrame,
      Optional<Integer> lastFrame,
      Optional<String> generation,
      Optional<Long> lengthMillis) {}

  /**
   * The free text.
   *
   * @param prompt what is to be seen
   * @param negativePrompt what is not
   * @param beats the storyboard
   * @param goal what the clip is for
   * @param intent what the maker had in mind, for the reviewer
   */
  public record Words(
      String prompt,
      Optional<String> negativePrompt,
      List<BeatText> beats,
      List<Line> dialogue,
      Optional<String> ambience,
      Optional<String> effects,
      Optional<String> music,
      Optional<String> goal,
      Optional<String> intent) {
    public Words {
      if (prompt.isBlank()) {
        throw new IllegalArgumentException("a prompt is not blank");
      }
      beats = List.copyOf(beats);
      dialogue = List.copyOf(dialogue);
    }

    /** A prompt and nothing else. */
    static Words plain(String prompt) {
      return new Words(
          prompt,
          Optional.empty(),
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }

  /** One card of a storyboard. */
  public record BeatText(
      long atMillis,
      long lengthMillis,
      String text,
      Optional<String> camera,
      Optional<String> transition) {}

  /**
   * A spoken line.
   *
   * @param beat index of the beat in which it is said; empty: anywhere
   */
  public record Line(String speaker, String line, Optional<Integer> beat) {}
}
