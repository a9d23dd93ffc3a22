package dev.dailies.prompt.generation;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.prompt.generation.SubmitGeneration.Preparation;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads one request among many and accepts it, as a part of the transaction that takes them in. */
public final class AcceptItem {
  private final SubmitGeneration submit;

  public AcceptItem(SubmitGeneration submit) {
    this.submit = submit;
  }

  /** What became of an item. */
  public sealed interface Outcome {
    /**
     * It is, or already was, accepted.
     *
     * @param generations in order of their variation
     */
    record Accepted(List<GenerationId> generations, boolean repeated) implements Outcome {}

    /** It can't be read, or a rule says no; nothing of it is left in the transaction. */
    record Refused(ErrorCode code, String message, String param) implements Outcome {}
  }

  /**
   * Reads and accepts.
   *
   * @param item the fields of a request
   * @param key the idempotency key of the item
   */
  public Outcome accept(WorkspaceId workspace, Actor actor, JsonNode item, String key) {
    GenerationRequest request;
    try {
      request = GenerationRequests.read(item);
    } catch (Unreadable e) {
      return refused(e.refusal());
    }
    return switch (submit(workspace, actor, request, new Repetition.Key(key))) {
      case Submission.Accepted accepted ->
          new Outcome.Accepted(
              accepted.made().stream().map(Submission.Made::id).toList(), accepted.repeated());
      case Submission.Refused(Refusal refusal) -> refused(refusal);
      case Submission.KeyReused() ->
          new Outcome.Refused(
              ErrorCode.IDEMPOTENCY_KEY_REUSED,
              "This key was used for another request; choose a new one.",
              "key");
    };
  }

  private Submission submit(
      WorkspaceId workspace, Actor actor, GenerationRequest request, Repetition repetition) {
    return switch (submit.prepare(workspace, actor, request, repetition)) {
      case Preparation.Answered(Submission submission) -> submission;
      case Preparation.Prepared(PreparedRequest prepared) -> submit.accept(prepared, repetition);
    };
  }

  private static Outcome refused(Refusal refusal) {
    return new Outcome.Refused(refusal.code(), refusal.message(), refusal.param());
  }
}
