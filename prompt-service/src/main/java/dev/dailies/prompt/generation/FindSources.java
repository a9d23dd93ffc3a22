package dev.dailies.prompt.generation;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.ReferenceId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.prompt.generation.SourceStore.Parent;
import dev.dailies.prompt.generation.WantedSource.Input;
import dev.dailies.prompt.reference.KnownReference;
import dev.dailies.prompt.reference.ReferenceShelf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a request names as its sources. A reference that we never heard of may be on its way
 * and is taken; a generation or an asset that is unknown, foreign or malformed is refused alike.
 */
final class FindSources {
  private final SourceStore sources;
  private final ReferenceShelf references;

  FindSources(SourceStore sources, ReferenceShelf references) {
    this.sources = sources;
    this.references = references;
  }

  /**
   * What was found.
   *
   * @param all also what may not be used any more, since it did serve earlier requests
   * @param refusal why the request is refused, for the first that can't be used
   */
  record Result(List<FoundSource> all, Optional<Refusal> refusal) {}

  Result find(WorkspaceId workspace, GenerationRequest request) {
    List<FoundSource> found = new ArrayList<>();
    Optional<Refusal> refusal = Optional.empty();
    for (WantedSource wanted : request.sources()) {
      Optional<FoundSource> one = find(workspace, wanted);
      one.ifPresent(found::add);
      refusal = refusal.or(() -> refusal(wanted, one));
    }
    return new Result(found, refusal);
  }

  private static Optional<Refusal> refusal(WantedSource wanted, Optional<FoundSource> found) {
    if (found.isEmpty() || found.get().parent().filter(Parent::erased).isPresent()) {
      return Optional.of(unknown(wanted.param()));
    }
    return lost(found.get()) ? Optional.of(unusable(wanted.param())) : Optional.empty();
  }

  private Optional<FoundSource> find(WorkspaceId workspace, WantedSource wanted) {
    if (!(wanted.input() instanceof Input.Known(String id))) {
      return Optional.of(new FoundSource(wanted, Optional.empty(), Optional.empty()));
    }
    try {
      if (id.startsWith(ReferenceId.PREFIX)) {
        Optional<KnownReference> known = references.find(workspace, new ReferenceId(id));
        return Optional.of(new FoundSource(wanted, Optional.empty(), known));
      }
      Optional<Parent> parent =
          id.startsWith(AssetId.PREFIX)
              ? sources.parent(workspace, new AssetId(id))
              : sources.parent(workspace, new GenerationId(id));
      return parent.map(p -> new FoundSource(wanted, Optional.of(p), Optional.empty()));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  private static boolean lost(FoundSource source) {
    return source.parent().filter(p -> p.standing() == SourceStore.Standing.LOST).isPresent()
        || source
            .reference()
            .filter(known -> known.state() == KnownReference.State.REJECTED)
            .isPresent();
  }

  private static Refusal unknown(String param) {
    return new Refusal(
        "source_known", ErrorCode.NOT_FOUND, GenerationIds.unknown().reason(), param);
  }

  static Refusal unusable(String param) {
    return new Refusal(
        "source_usable",
        ErrorCode.SOURCE_UNAVAILABLE,
        "What '" + param + "' names can't be used; it failed, or may not be seen.",
        param);
  }
}
