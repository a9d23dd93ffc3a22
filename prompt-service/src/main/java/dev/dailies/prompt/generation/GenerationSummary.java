package dev.dailies.prompt.generation;

import dev.dailies.contracts.GenerationId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A generation as a list shows it. */
record GenerationSummary(
    GenerationId id,
    String shot,
    Optional<String> project,
    Optional<String> brief,
    GenerationState state,
    boolean cancelling,
    Specification.Form form,
    Optional<String> prompt,
    Map<String, String> dimensions,
    Instant acceptedAt,
    Optional<Instant> endedAt,
    Optional<String> asset,
    Optional<String> failureCode) {

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("object", "generation");
    json.put("id", id.value());
    json.put("shot", shot);
    json.put("project", project.orElse(null));
    json.put("brief", brief.orElse(null));
    json.put("state", state.name().toLowerCase(Locale.ROOT));
    json.put("cancelling", cancelling && !state.ended());
    json.put("model", form.model());
    json.put("prompt", prompt.orElse(null));
    json.put("size", form.size().toString());
    json.put("seconds", form.length().toSeconds());
    json.put("dimensions", dimensions);
    json.put("accepted_at", acceptedAt.toString());
    json.put("ended_at", endedAt.map(Instant::toString).orElse(null));
    json.put("asset", asset.orElse(null));
    json.put("failure_code", failureCode.orElse(null));
    return json;
  }

  GenerationQuery.Place place() {
    return new GenerationQuery.Place(acceptedAt, id);
  }
}
