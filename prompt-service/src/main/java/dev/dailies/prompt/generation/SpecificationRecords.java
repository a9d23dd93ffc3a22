package dev.dailies.prompt.generation;

import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.event.Attribute;
import dev.dailies.contracts.event.AudioDirection;
import dev.dailies.contracts.event.Beat;
import dev.dailies.contracts.event.DialogueLine;
import dev.dailies.contracts.event.GenerationSpec;
import dev.dailies.contracts.event.OutputForm;
import dev.dailies.contracts.event.Source;
import dev.dailies.contracts.event.SpecificationForm;
import dev.dailies.contracts.event.SpecificationText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A specification as the contracts carry it. */
public final class SpecificationRecords {
  private SpecificationRecords() {}

  /** The form, with the digest of the words in their place. */
  public static SpecificationForm form(Specification specification, ShotId shot) {
    Specification.Form form = specification.form();
    return SpecificationForm.newBuilder()
        .setOperation(form.operation())
        .setModel(form.model())
        .setSources(form.sources().stream().map(SpecificationRecords::source).toList())
        .setOutput(output(form))
        .setAudioMode(form.audio())
        .setSeed(form.seed().orElse(null))
        .setProject(form.project().orElse(null))
        .setBrief(form.brief().orElse(null))
        .setBriefRow(form.briefRow().orElse(null))
        .setShot(shot.value())
        .setVariation(form.variation())
        .setDimensions(attributes(form.dimensions()))
        .setLabelProfile(form.labelProfile())
        .setRetentionClass(form.retentionClass())
        .setPriority(form.priority())
        .setNotBefore(form.notBefore().orElse(null))
        .setDeadline(form.deadline().orElse(null))
        .setTextSha256(digest(specification.words()))
        .build();
  }

  private static OutputForm output(Specification.Form form) {
    return OutputForm.newBuilder()
        .setKind(form.kind())
        .setWidth(form.size().width())
        .setHeight(form.size().height())
        .setLengthMillis(form.length().toMillis())
        .setFrameRate(form.rate().orElse(null))
        .setCodec(form.codec().orElse(null))
        .build();
  }

  private static Source source(Specification.SourceUse use) {
    return Source.newBuilder()
        .setId(use.id())
        .setRole(use.role())
        .setFirstFrame(use.firstFrame().orElse(null))
        .setLastFrame(use.lastFrame().orElse(null))
        .build();
  }

  /** Names and values, in the order of the names. */
  static List<Attribute> attributes(Map<String, String> values) {
    return new TreeMap<>(values)
        .entrySet().stream().map(e -> new Attribute(e.getKey(), e.getValue())).toList();
  }

  /** The words. */
  public static SpecificationText text(Specification specification) {
    Specification.Words words = specification.words();
    return SpecificationText.newBuilder()
        .setPrompt(words.prompt())
        .setNegativePrompt(words.negativePrompt().orElse(null))
        .setBeats(words.beats().stream().map(SpecificationRecords::beat).toList())
        .setAudio(
            AudioDirection.newBuilder()
                .setMode(specification.form().audio())
                .setDialogue(words.dialogue().stream().map(SpecificationRecords::line).toList())
                .setAmbience(words.ambience().orElse(null))
                .setEffects(words.effects().orElse(null))
                .setMusic(words.music().orElse(null))
                .build())
        .setGoal(words.goal().orElse(null))
        .setIntent(words.intent().orElse(null))
        .build();
  }

  private static Beat beat(Specification.BeatText beat) {
    return Beat.newBuilder()
        .setAtMillis(beat.atMillis())
        .setLengthMillis(beat.lengthMillis())
        .setText(beat.text())
        .setCamera(beat.camera().orElse(null))
        .setTransition(beat.transition().orElse(null))
        .build();
  }

  private static DialogueLine line(Specification.Line line) {
    return DialogueLine.newBuilder()
        .setSpeaker(line.speaker())
        .setLine(line.line())
        .setBeat(line.beat().orElse(null))
        .build();
  }

  /** The whole, as the compacted topic keeps it. */
  static GenerationSpec spec(AcceptedRequest accepted) {
    return GenerationSpec.newBuilder()
        .setGeneration(accepted.id().value())
        .setWorkspace(accepted.workspace().value())
        .setVersion(1)
        .setForm(form(accepted.specification(), accepted.shot()))
        .setText(text(accepted.specification()))
        .setAcceptedAt(accepted.acceptedAt())
        .build();
  }

  /** A text that is not given adds nothing: a prompt alone has the digest it always had. */
  static String digest(Specification.Words words) {
    List<String> parts = new ArrayList<>();
    parts.add(words.prompt());
    parts.add(words.negativePrompt().orElse(""));
    words.beats().forEach(beat -> named(parts, "beat", beat.toString()));
    words.dialogue().forEach(line -> named(parts, "line", line.toString()));
    words.ambience().ifPresent(text -> named(parts, "ambience", text));
    words.effects().ifPresent(text -> named(parts, "effects", text));
    words.music().ifPresent(text -> named(parts, "music", text));
    words.goal().ifPresent(text -> named(parts, "goal", text));
    words.intent().ifPresent(text -> named(parts, "intent", text));
    return Digest.of(parts);
  }

  /** Adds a value with its name. */
  static void named(List<String> parts, String name, Object value) {
    parts.add(name);
    parts.add(String.valueOf(value));
  }

  /** Adds a value with its name, where there is one. */
  static void named(List<String> parts, String name, Optional<?> value) {
    value.ifPresent(given -> named(parts, name, given));
  }
}
