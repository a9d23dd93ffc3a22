package dev.dailies.prompt.generation;

import dev.dailies.prompt.generation.Specification.Form;
import dev.dailies.prompt.generation.Specification.Words;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How {@code /api/generations} shows a specification: by the names under which it is asked. */
final class SpecificationView {
  private SpecificationView() {}

  static Map<String, Object> of(Form form, Optional<Words> words) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("operation", word(form.operation()));
    json.put("model", form.model());
    json.put("prompt", words.map(Words::prompt).orElse(null));
    json.put("negative_prompt", words.flatMap(Words::negativePrompt).orElse(null));
    json.put("sources", form.sources().stream().map(SpecificationView::source).toList());
    json.put(
        "beats",
        words.map(Words::beats).orElse(List.of()).stream().map(SpecificationView::beat).toList());
    json.put("kind", word(form.kind()));
    json.put("size", form.size().toString());
    json.put("seconds", form.length().toSeconds());
    json.put("frame_rate", form.rate().orElse(null));
    json.put("codec", form.codec().orElse(null));
    json.put("seed", form.seed().orElse(null));
    json.put("audio", word(form.audio()));
    json.put("sound", sound(words));
    json.put("goal", words.flatMap(Words::goal).orElse(null));
    json.put("intent", words.flatMap(Words::intent).orElse(null));
    json.put("project", form.project().orElse(null));
    json.put("brief", form.brief().orElse(null));
    json.put("brief_row", form.briefRow().orElse(null));
    json.put("variation", form.variation());
    json.put("dimensions", new TreeMap<>(form.dimensions()));
    json.put("label_profile", form.labelProfile());
    json.put("retention_class", form.retentionClass());
    json.put("priority", word(form.priority()));
    json.put("not_before", form.notBefore().map(Instant::toString).orElse(null));
    json.put("deadline", form.deadline().map(Instant::toString).orElse(null));
    return json;
  }

  static Map<String, Object> source(Specification.SourceUse source) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", source.id());
    json.put("role", word(source.role()));
    json.put("first_frame", source.firstFrame().orElse(null));
    json.put("last_frame", source.lastFrame().orElse(null));
    json.put("generation", source.generation().orElse(null));
    return json;
  }

  private static Map<String, Object> beat(Specification.BeatText beat) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("at", beat.atMillis() / 1000.0);
    json.put("seconds", beat.lengthMillis() / 1000.0);
    json.put("text", beat.text());
    json.put("camera", beat.camera().orElse(null));
    json.put("transition", beat.transition().orElse(null));
    return json;
  }

  /** What the sound is to be, in words. */
  private static Map<String, Object> sound(Optional<Words> words) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(
        "dialogue",
        words.map(Words::dialogue).orElse(List.of()).stream()
            .map(SpecificationView::line)
            .toList());
    json.put("ambience", words.flatMap(Words::ambience).orElse(null));
    json.put("effects", words.flatMap(Words::effects).orElse(null));
    json.put("music", words.flatMap(Words::music).orElse(null));
    return json;
  }

  private static Map<String, Object> line(Specification.Line line) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("speaker", line.speaker());
    json.put("line", line.line());
    json.put("beat", line.beat().orElse(null));
    return json;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
