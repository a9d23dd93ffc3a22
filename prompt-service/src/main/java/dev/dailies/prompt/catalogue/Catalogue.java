package dev.dailies.prompt.catalogue;

import dev.dailies.contracts.Pool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Every model that can be asked for, or once could. Whole and consistent, or not made at all. */
public final class Catalogue {
  private final Map<String, Model> models;

  /**
   * A catalogue of these models.
   *
   * @throws IllegalArgumentException if two have one id, or a successor is missing
   */
  public Catalogue(List<Model> models) {
    Map<String, Model> byId = new LinkedHashMap<>();
    for (Model model : models) {
      if (byId.put(model.id(), model) != null) {
        throw new IllegalArgumentException("two models are called '" + model.id() + "'");
      }
    }
    for (Model model : models) {
      model
          .successor()
          .filter(next -> !byId.containsKey(next) || next.equals(model.id()))
          .ifPresent(next -> {
            throw new IllegalArgumentException(
                "model '" + model.id() + "' names '" + next + "' as successor, which is no other");
          });
    }
    if (byId.isEmpty()) {
      throw new IllegalArgumentException("a catalogue names at least one model");
    }
    this.models = byId;
  }

  /** The model of that id. */
  public Optional<Model> find(String id) {
    return Optional.ofNullable(models.get(id));
  }

  /** All models, in the order of the file. */
  public List<Model> models() {
    return List.copyOf(models.values());
  }

  /** Every pool that runs a model. */
  public Set<Pool> pools() {
    return models.values().stream().map(Model::pool).collect(Collectors.toUnmodifiableSet());
  }
}
