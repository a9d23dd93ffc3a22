package dev.dailies.prompt.generation;

import dev.dailies.contracts.AssetId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What generations are made from, inside the caller's transaction. */
public interface SourceStore {
  /** How far a generation is that another is to be made of. */
  enum Standing {
    /** It may be seen. */
    READY,
    /** It may yet be. */
    PENDING,
    /** It never will be, or no longer. */
    LOST
  }

  /**
   * A generation that another is to be made of.
   *
   * @param erased whether it counts as unknown now; what was asked of it before is known by its
   *     form
   */
  record Parent(GenerationId id, Specification.Form form, Standing standing, boolean erased) {}

  /**
   * One source of a generation, in the order of its form.
   *
   * @param picture whether only an image will do, so that a video lends its poster
   */
  record Use(Specification.SourceUse source, boolean picture) {}

  /**
   * A generation made of this one.
   *
   * @param operation by which
   */
  record Derived(GenerationId id, String operation, GenerationState state) {}

  /** The generation, if it is in this workspace. */
  Optional<Parent> parent(WorkspaceId workspace, GenerationId id);

  /** The generation whose result an asset is, if it is in this workspace. */
  Optional<Parent> parent(WorkspaceId workspace, AssetId asset);

  /** Keeps these as they are until the transaction ends; the worst of their standings. */
  Standing hold(Collection<GenerationId> parents);

  /** Adds what a generation starts from. */
  void insert(GenerationId generation, List<Use> uses);

  /** Generations that wait for this one. */
  List<GenerationId> waitingFor(GenerationId parent);

  /** Generations that have not been released and are made of this one, held for it or not. */
  List<GenerationId> waitingToUse(GenerationId parent);

  /** The worst standing of all that a generation is made of. */
  Standing standing(GenerationId generation);

  /** What a render of it needs; empty: something of it is not to be had. */
  Optional<JobInputs> inputs(WorkspaceId workspace, GenerationId generation);

  /** What was made of a generation, the newest first, at most so many. */
  List<Derived> derived(WorkspaceId workspace, GenerationId parent, int most);
}
