package dev.dailies.prompt.catalogue;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.edge.Allow;
import dev.dailies.edge.RefusalException;
import dev.dailies.edge.Role;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The models, in OpenAI's shape with what each can do beside it. */
@RestController
@RequestMapping("/v1/models")
@Allow({Role.PRODUCER, Role.REVIEWER, Role.MODERATOR, Role.APPROVER, Role.OPERATOR})
class ModelsController {
  private final Catalogue catalogue;
  private final Clock clock;

  ModelsController(Catalogue catalogue, Clock clock) {
    this.catalogue = catalogue;
    this.clock = clock;
  }

  @GetMapping
  Map<String, Object> list() {
    LocalDate today = LocalDate.now(clock);
    List<Map<String, Object>> offered =
        catalogue.models().stream()
            .filter(model -> !model.retiredOn(today))
            .map(model -> describe(model, today))
            .toList();
    return Map.of("object", "list", "data", offered);
  }

  @GetMapping("/{id}")
  Map<String, Object> one(@PathVariable String id) {
    return catalogue
        .find(id)
        .map(model -> describe(model, LocalDate.now(clock)))
        .orElseThrow(() ->
            new RefusalException(
                    ErrorCode.MODEL_NOT_FOUND, "There is no such model; GET /v1/models lists them.")
                .param("model"));
  }

  private static Map<String, Object> describe(Model model, LocalDate today) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", model.id());
    answer.put("object", "model");
    answer.put("created", model.since().atStartOfDay(ZoneOffset.UTC).toEpochSecond());
    answer.put("owned_by", "dailies");
    answer.put("title", model.title());
    answer.put("sizes", model.sizes().stream().map(FrameSize::toString).toList());
    answer.put("seconds", model.seconds());
    answer.put("frame_rates", model.frameRates());
    answer.put("audio", model.audio());
    answer.put("operations", new TreeSet<>(model.operations()));
    answer.put("references", new TreeSet<>(model.references()));
    model
        .priceOn(today)
        .ifPresent(price ->
            answer.put(
                "price_per_second",
                Map.of("amount", price.perSecond().toPlainString(), "currency", price.currency())));
    model.retires().ifPresent(day -> answer.put("retires_on", day.toString()));
    model.successor().ifPresent(next -> answer.put("successor", next));
    return answer;
  }
}
