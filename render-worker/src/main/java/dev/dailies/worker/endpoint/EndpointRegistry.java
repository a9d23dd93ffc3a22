package dev.dailies.worker.endpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The endpoints that this worker can use, by name. */
public final class EndpointRegistry implements AutoCloseable {
  /** An endpoint, and what the registry says of it. */
  public record Entry(EndpointDefinition definition, ModelEndpoint endpoint) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  public EndpointRegistry(List<Entry> all) {
    for (Entry entry : all) {
      if (entries.put(entry.definition().name(), entry) != null) {
        throw new IllegalArgumentException("two endpoints are named " + entry.definition().name());
      }
    }
  }

  public Optional<Entry> find(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  public List<Entry> all() {
    return List.copyOf(entries.values());
  }

  public Set<String> names() {
    return Set.copyOf(entries.keySet());
  }

  @Override
  public void close() {
    entries.values().forEach(entry -> entry.endpoint().close());
  }
}
