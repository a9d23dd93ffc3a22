package dev.dailies.prompt.generation;

import static dev.dailies.prompt.generation.Unreadable.field;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.event.AudioMode;
import dev.dailies.contracts.event.PriorityClass;
import dev.dailies.prompt.generation.GenerationRequest.Care;
import dev.dailies.prompt.generation.Specification.BeatText;
import dev.dailies.prompt.generation.Specification.Line;
import dev.dailies.prompt.generation.Specification.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The fields that both APIs know, read in one way. */
final class SharedFields {
  static final int LONGEST_TEXT = 32_000;
  private static final int MOST_BEATS = 100;
  private static final int MOST_LINES = 200;
  private static final int LONGEST_NOTE = 4_000;
  private static final int LONGEST_NAME = 80;
  private static final Set<String> TRANSITIONS = Set.of("cut", "dissolve", "fade", "wipe");
  private static final Set<String> AUDIO =
      Set.of("mode", "dialogue", "ambience", "effects", "music");

  private SharedFields() {}

  /** Direction for the sound: a word, a switch or an object. */
  record Audio(Optional<AudioMode> mode, List<Line> dialogue, Optional<RequestFields> notes) {}

  static Words words(RequestFields fields, Audio audio) throws Unreadable {
    Optional<String> prompt = fields.text("prompt");
    if (prompt.isEmpty() || prompt.get().isBlank()) {
      throw new Unreadable(
          ErrorCode.INVALID_REQUEST,
          "prompt",
          "A prompt is needed: 1 to " + LONGEST_TEXT + " characters that say what is to be seen.");
    }
    RequestFields notes = audio.notes().orElse(fields);
    boolean directed = audio.notes().isPresent();
    return new Words(
        prompt.get(),
        fields.text("negative_prompt"),
        beats(fields),
        audio.dialogue(),
        directed ? notes.text("ambience", LONGEST_NOTE) : Optional.empty(),
        directed ? notes.text("effects", LONGEST_NOTE) : Optional.empty(),
        directed ? notes.text("music", LONGEST_NOTE) : Optional.empty(),
        fields.text("goal", LONGEST_NOTE),
        fields.text("intent", LONGEST_NOTE));
  }

  /** A beat that names no start follows the one before; one that names no length is open. */
  private static List<BeatText> beats(RequestFields fields) throws Unreadable {
    List<BeatText> beats = new ArrayList<>();
    long next = 0;
    for (RequestFields beat : fields.objects("beats", MOST_BEATS)) {
      beat.requireOnly(Set.of("at", "seconds", "text", "camera", "transition"));
      long at = beat.millis("at").orElse(next);
      long length =
          beat.millis("seconds").orElseThrow(() -> field(beat.path() + "seconds", "is needed"));
      if (at < next) {
        throw field(beat.path() + "at", "must not lie before the end of the beat before");
      }
      Optional<String> transition = beat.text("transition", LONGEST_NAME);
      if (transition.isPresent() && !TRANSITIONS.contains(transition.get())) {
        throw field(beat.path() + "transition", "must be cut, dissolve, fade or wipe");
      }
      beats.add(
          new BeatText(
              at,
              length,
              beat.required("text", LONGEST_NOTE),
              beat.text("camera", LONGEST_NOTE),
              transition));
      next = at + length;
    }
    return beats;
  }

  static Audio audio(RequestFields fields) throws Unreadable {
    if (fields.present("audio").isEmpty()) {
      return new Audio(Optional.empty(), List.of(), Optional.empty());
    }
    var node = fields.present("audio").get();
    boolean object =
        node.isObject() || (node.isString() && node.stringValue().stripLeading().startsWith("{"));
    if (!object) {
      String word = node.isString() || node.isBoolean() ? node.asString() : "";
      return new Audio(Optional.of(mode("audio", word)), List.of(), Optional.empty());
    }
    RequestFields audio = fields.object("audio").orElseThrow();
    audio.requireOnly(AUDIO);
    List<Line> lines = new ArrayList<>();
    for (RequestFields line : audio.objects("dialogue", MOST_LINES)) {
      line.requireOnly(Set.of("speaker", "line", "beat"));
      lines.add(
          new Line(
              line.required("speaker", LONGEST_NAME),
              line.required("line", LONGEST_NOTE),
              line.whole("beat", 0, MOST_BEATS)));
    }
    Optional<String> mode = audio.text("mode");
    boolean anything = !lines.isEmpty() || audio.root().size() > (mode.isPresent() ? 1 : 0);
    return new Audio(
        mode.isPresent()
            ? Optional.of(mode("audio.mode", mode.get()))
            : Optional.of(anything ? AudioMode.FULL : AudioMode.MODEL_DEFAULT),
        lines,
        Optional.of(audio));
  }

  private static AudioMode mode(String param, String word) throws Unreadable {
    return switch (word) {
      case "true", "full" -> AudioMode.FULL;
      case "false", "none" -> AudioMode.NONE;
      case "default", "model_default" -> AudioMode.MODEL_DEFAULT;
      case "ambience" -> AudioMode.AMBIENCE;
      default -> throw field(param, "must be true, false, default, none, ambience or full");
    };
  }

  static Care care(RequestFields fields) throws Unreadable {
    return new Care(
        fields
            .word("priority", PriorityClass.class, Set.of(PriorityClass.UNKNOWN))
            .orElse(PriorityClass.STANDARD),
        fields.time("not_before"),
        fields.time("deadline"),
        fields.name("label_profile").orElse(Specification.Form.USUAL_LABEL_PROFILE),
        fields.name("retention_class").orElse(Specification.Form.USUAL_RETENTION));
  }

  static Map<String, String> metadata(RequestFields fields) throws Unreadable {
    return fields.texts("metadata", 16, 64, 512);
  }
}
