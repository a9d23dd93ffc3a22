package dev.dailies.prompt.generation;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.WorkspaceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where generations are kept. All methods work inside the caller's transaction. */
public interface GenerationStore {
  /** One of the videos of a request. */
  record Variation(GenerationId id, ShotId shot) {}

  /** Every video of the request that this one is the first of, in order. */
  List<Variation> variations(GenerationId first);

  /** Adds a generation with its holds, in a shot that exists. */
  void insert(AcceptedRequest accepted);

  /** Reads a generation and keeps others from changing it until the transaction ends. */
  Optional<Generation> lock(GenerationId id);

  /** The same for a caller of that workspace: another's is not even waited for. */
  Optional<Generation> lock(WorkspaceId workspace, GenerationId id);

  /** What it is to make; empty once erased. */
  Optional<Specification> specification(GenerationId id);

  /** Compare-and-set: whether it was still as {@code from} says. */
  boolean move(Generation from, GenerationState to);

  /** Back to waiting after an attempt that gave nothing. */
  void waitAgain(Generation from, Step.Again again);

  /** Adds a hold to one that waits. */
  void hold(GenerationId id, Hold hold);

  /** Removes a hold; whether none is left now. */
  boolean lift(GenerationId id, String hold);

  /** Takes note that a cancel is wanted. */
  void askCancel(Generation from, Instant at);

  /** Compare-and-set to the end. */
  boolean end(Generation from, Ending ending);

  /** The W3C traceparent of the request that was accepted, where it was part of a trace. */
  Optional<String> traceParent(GenerationId id);
}
