package dev.dailies.animatic.server;

import dev.dailies.animatic.AnimaticProperties;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/models}. */
@RestController
final class ModelsController {
  private final List<String> models;
  private final Instant started;

  ModelsController(AnimaticProperties properties, Clock clock) {
    this.models = properties.models();
    this.started = clock.instant();
  }

  @GetMapping("/v1/models")
  Map<String, Object> list() {
    return Map.of("object", "list", "data", models.stream().map(this::view).toList());
  }

  @GetMapping("/v1/models/{model}")
  Map<String, Object> look(@PathVariable String model) {
    if (!models.contains(model)) {
      throw ApiError.unknownModel(model);
    }
    return view(model);
  }

  private Map<String, Object> view(String model) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", model);
    view.put("object", "model");
    view.put("created", started.getEpochSecond());
    view.put("owned_by", "dailies");
    return view;
  }
}
