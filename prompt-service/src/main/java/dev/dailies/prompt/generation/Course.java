package dev.dailies.prompt.generation;

import dev.dailies.contracts.FailureKind;
import dev.dailies.contracts.Retry;
import dev.dailies.prompt.generation.AssetVerdict.Technical;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The course of a generation as a pure function of what is known of its renders and assets.
 *
 * <p>Events only add facts; what follows is worked out here from all of them. So it does not matter
 * in which order they came, or how often, and no state moves backwards.
 */
public final class Course {
  private final RetryPolicy policy;

  public Course(RetryPolicy policy) {
    this.policy = policy;
  }

  /**
   * The next step.
   *
   * @param renders every attempt, in order
   * @param verdicts what is known of their results
   */
  public Step next(Generation generation, List<Render> renders, List<AssetVerdict> verdicts) {
    if (generation.state().ended()) {
      return new Step.Stay();
    }
    Optional<AssetVerdict> ready =
        verdicts.stream().filter(v -> v.technical() == Technical.READY).findFirst();
    if (ready.isPresent()) {
      return new Step.Complete(ready.get().render(), ready.get().asset(), ready.get().at());
    }
    if (renders.isEmpty()) {
      return new Step.Stay();
    }
    Render last = renders.getLast();
    if (last.attempt() <= generation.settledAttempt()) {
      return new Step.Stay();
    }
    return switch (last.state()) {
      case QUEUED -> new Step.Move(GenerationState.RELEASED);
      case CLAIMED, SUBMITTED, PARKED -> new Step.Move(GenerationState.RUNNING);
      case COMPLETED -> afterResult(generation, renders, last, verdicts);
      case FAILED -> afterFailure(generation, renders, last);
      case RELEASED -> afterRelease(generation, renders, last);
      case CANCELLED -> new Step.Cancel(last.cost(), at(last));
    };
  }

  private Step afterResult(
      Generation generation, List<Render> renders, Render last, List<AssetVerdict> verdicts) {
    Optional<AssetVerdict> rejected =
        verdicts.stream()
            .filter(v -> v.render().equals(last.id()) && v.technical() == Technical.REJECTED)
            .findFirst();
    if (rejected.isEmpty()) {
      return new Step.Move(GenerationState.RENDERED);
    }
    AssetVerdict verdict = rejected.get();
    if (generation.cancelling()) {
      return new Step.Cancel(last.cost(), verdict.at());
    }
    if (verdict.retryCouldHelp() && counted(renders) < policy.most(FailureKind.BAD_OUTPUT)) {
      return new Step.Again(last.attempt(), Optional.empty());
    }
    return new Step.Fail(
        FailureFacts.ours(FailureKind.BAD_OUTPUT, verdict.finding()), renders.size(), verdict.at());
  }

  private Step afterFailure(Generation generation, List<Render> renders, Render last) {
    FailureFacts failure =
        last.failure().orElseGet(() -> FailureFacts.ours(FailureKind.UNKNOWN, "unknown"));
    if (generation.cancelling()) {
      return new Step.Cancel(last.cost(), at(last));
    }
    if (failure.kind().isModeration()) {
      return new Step.Refuse(failure, at(last));
    }
    int counted = counted(renders);
    if (counted >= policy.most(failure.kind())) {
      return new Step.Fail(failure, renders.size(), at(last));
    }
    return switch (failure.retry()) {
      case NEVER, AFTER_CHANGE, UNKNOWN -> new Step.Fail(failure, renders.size(), at(last));
      case OTHER_ENDPOINT -> new Step.Again(last.attempt(), last.notBefore().map(Course::later));
      case SAME_ENDPOINT_LATER ->
          new Step.Again(
              last.attempt(),
              Optional.of(
                  later(
                      last.notBefore().orElseGet(() -> at(last).plus(policy.waitAfter(counted))))));
    };
  }

  /** Nothing was submitted: the attempt may cost nothing, and then is not counted either. */
  private Step afterRelease(Generation generation, List<Render> renders, Render last) {
    if (generation.cancelling()) {
      return new Step.Cancel(last.cost(), at(last));
    }
    FailureFacts failure =
        last.failure().orElseGet(() -> FailureFacts.ours(FailureKind.TRANSIENT, "released"));
    if (last.counts() && counted(renders) >= policy.most(failure.kind())) {
      return new Step.Fail(
          new FailureFacts(
              failure.kind(), Retry.NEVER, failure.billing(), failure.code(), Optional.empty()),
          renders.size(),
          at(last));
    }
    int inARow = 0;
    for (Render render : renders.reversed()) {
      if (render.state() != RenderState.RELEASED) {
        break;
      }
      inARow++;
    }
    // A worker that shuts down gives back once: at no cost. One that gives back for ever waits.
    Optional<Instant> wait =
        inARow <= 1
            ? last.notBefore()
            : Optional.of(last.notBefore().orElse(at(last).plus(policy.waitAfter(inARow - 1))));
    return new Step.Again(last.attempt(), wait.map(Course::later));
  }

  private static int counted(List<Render> renders) {
    return (int) renders.stream().filter(r -> r.state().decided() && r.counts()).count();
  }

  private static Hold later(Instant time) {
    return Hold.until(Hold.RETRY_LATER, time);
  }

  private static Instant at(Render render) {
    return render.endedAt().orElse(Instant.EPOCH);
  }
}
