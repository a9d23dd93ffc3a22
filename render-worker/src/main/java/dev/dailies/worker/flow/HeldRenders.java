package dev.dailies.worker.flow;

import dev.dailies.contracts.RenderId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What this worker holds. */
public final class HeldRenders {
  private final Map<RenderId, RenderRun> runs = new ConcurrentHashMap<>();

  /** Adds a run; one that stands under the same id was lost, and is replaced. */
  public void add(RenderRun run) {
    runs.put(run.id(), run);
  }

  void remove(RenderRun run) {
    runs.remove(run.id(), run);
  }

  boolean holds(RenderRun run) {
    return runs.get(run.id()) == run;
  }

  public Optional<RenderRun> find(RenderId id) {
    return Optional.ofNullable(runs.get(id));
  }

  public Set<RenderId> ids() {
    return Set.copyOf(runs.keySet());
  }

  public Collection<RenderRun> all() {
    return List.copyOf(runs.values());
  }

  /** Those that stand before their submit and only lack a slot, oldest first. */
  public List<RenderRun> wantingSlots() {
    return runs.values().stream()
        .filter(RenderRun::wantsSlot)
        .sorted((a, b) -> a.row().times().claimedAt().compareTo(b.row().times().claimedAt()))
        .toList();
  }

  public int size() {
    return runs.size();
  }
}
