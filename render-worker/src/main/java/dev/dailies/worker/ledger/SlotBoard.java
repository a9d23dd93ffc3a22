package dev.dailies.worker.ledger;

import java.util.List;
import java.util.Optional;

/**
 * All slots of the pool at one moment.
 *
 * @param waiting claimed renders, of all workers, that have no slot yet
 */
public record SlotBoard(List<SlotCount> endpoints, int waiting) {
  public SlotBoard {
    endpoints = List.copyOf(endpoints);
  }

  /** The slots of one endpoint. */
  public Optional<SlotCount> of(String endpoint) {
    return endpoints.stream().filter(count -> count.endpoint().equals(endpoint)).findFirst();
  }

  /** How many more jobs the pool has use for: its free slots, and one ahead for each slot. */
  public int room() {
    int free = endpoints.stream().mapToInt(SlotCount::takeable).sum();
    int ahead = endpoints.stream().mapToInt(SlotCount::slots).sum();
    return free + ahead - waiting;
  }
}
