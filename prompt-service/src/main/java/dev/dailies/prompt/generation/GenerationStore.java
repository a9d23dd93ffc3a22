package dev.dailies.prompt.generation;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import java.time.Instant;
import java.util.Optional;

/** Where generations are kept. All methods work inside the caller's transaction. */
public interface GenerationStore {
  /** What an idempotency key stands for. */
  record Remembered(String request, GenerationId generation, Instant acceptedAt) {}

  /**
   * Takes note of an idempotency key, waiting for another transaction that is about to.
   *
   * @param request digest of what is asked
   * @return what was noted before; empty if the key is new
   */
  Optional<Remembered> remember(
      WorkspaceId workspace, String key, String request, GenerationId generation, Instant at);

  /** Forgets a key that was noted in this transaction, for a request that is refused after all. */
  void forget(WorkspaceId workspace, String key);

  /** Adds a generation with its holds, in a shot that exists. */
  void insert(AcceptedRequest accepted);

  /** Reads a generation and keeps others from changing it until the transaction ends. */
  Optional<Generation> lock(GenerationId id);

  /** What it is to make; empty once erased. */
  Optional<Specification> specification(GenerationId id);

  /** Compare-and-set: whether it was still as {@code from} says. */
  boolean move(Generation from, GenerationState to);

  /** Back to waiting after an attempt that gave nothing. */
  void waitAgain(Generation from, Step.Again again);

  /** Takes note that a cancel is wanted. */
  void askCancel(Generation from, Instant at);

  /** Compare-and-set to the end. */
  boolean end(Generation from, Ending ending);

  /** The W3C traceparent of the request that was accepted, where it was part of a trace. */
  Optional<String> traceParent(GenerationId id);
}
