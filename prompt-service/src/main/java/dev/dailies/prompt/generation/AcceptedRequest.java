package dev.dailies.prompt.generation;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.Pool;
import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that has passed every rule, ready to be written: one of its variations.
 *
 * @param request the first of several variations; empty where there is only one
 * @param sources what it starts from
 * @param estimate what it is expected to cost; empty where the catalogue names no price
 * @param metadata the client's own names and values; may hold free text, so never in an event
 */
public record AcceptedRequest(
    GenerationId id,
    WorkspaceId workspace,
    ShotId shot,
    Optional<GenerationId> request,
    Pool pool,
    Specification specification,
    List<SourceStore.Use> sources,
    Map<String, String> metadata,
    List<Hold> holds,
    Optional<Spent> estimate,
    Instant acceptedAt,
    Actor actor) {
  public AcceptedRequest {
    sources = List.copyOf(sources);
    metadata = Map.copyOf(metadata);
    holds = List.copyOf(holds);
  }

  /** The uploads among its sources. */
  List<ReferenceId> references() {
    return sources.stream()
        .map(SourceStore.Use::source)
        .filter(source -> source.generation().isEmpty())
        .map(source -> new ReferenceId(source.id()))
        .distinct()
        .toList();
  }

  Submission.Made made() {
    return new Submission.Made(id, shot, specification, acceptedAt);
  }
}
