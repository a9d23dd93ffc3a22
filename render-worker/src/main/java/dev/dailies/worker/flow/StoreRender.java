package dev.dailies.worker.flow;

import dev.dailies.contracts.Billing;
import dev.dailies.contracts.FailureKind;
import dev.dailies.contracts.Retry;
import dev.dailies.contracts.event.RenderOutput;
import dev.dailies.vault.ObjectKey;
import dev.dailies.worker.WorkerSteps;
import dev.dailies.worker.endpoint.Charge;
import dev.dailies.worker.endpoint.ClientReference;
import dev.dailies.worker.endpoint.EndpointDefinition;
import dev.dailies.worker.endpoint.EndpointFailure;
import dev.dailies.worker.endpoint.EndpointRegistry;
import dev.dailies.worker.endpoint.Output;
import dev.dailies.worker.endpoint.PollOutcome;
import dev.dailies.worker.ledger.Ending;
import dev.dailies.worker.ledger.HeldRender;
import dev.dailies.worker.upload.ResultUpload;
import dev.dailies.worker.upload.UploadOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a paid result into the store. While the store is down the result waits, and is fetched
 * again; it is given up only when the endpoint no longer has it.
 */
public final class StoreRender {
  private static final Logger log = LoggerFactory.getLogger(StoreRender.class);
  private static final Duration NO_ENDPOINT_PAUSE = Duration.ofSeconds(30);

  private final EndpointRegistry registry;
  private final FollowRender follow;
  private final ResultUpload upload;
  private final Stage storing;
  private final EndRender end;

  public StoreRender(
      EndpointRegistry registry,
      FollowRender follow,
      ResultUpload upload,
      Stage storing,
      EndRender end) {
    this.registry = registry;
    this.follow = follow;
    this.upload = upload;
    this.storing = storing;
    this.end = end;
  }

  Next advance(RenderRun run) {
    Optional<EndpointRegistry.Entry> entry = run.row().endpoint().flatMap(registry::find);
    if (entry.isEmpty()) {
      log.warn("{} can't be fetched: its endpoint is not in the registry", run.id());
      return new Next.Wait(NO_ENDPOINT_PAUSE);
    }
    if (run.succeeded().isEmpty()) {
      Optional<Next> trouble = findAgain(run, entry.get());
      if (trouble.isPresent()) {
        return trouble.get();
      }
    }
    return storing.run(() -> store(run, entry.get(), run.succeeded().orElseThrow()));
  }

  /** Another worker, or we after a failed fetch: the endpoint says anew where the result is. */
  private Optional<Next> findAgain(RenderRun run, EndpointRegistry.Entry entry) {
    return switch (follow.poll(
        entry.definition(),
        entry.endpoint(),
        run.row().provider().orElseThrow(),
        ClientReference.of(run.id()))) {
      case PollOutcome.Succeeded succeeded -> {
        run.succeeded(succeeded);
        yield Optional.empty();
      }
      case PollOutcome.Pending pending ->
          Optional.of(later(run, entry, pending.trouble().orElse("not_done"), pending.askAgain()));
      case PollOutcome.Lost lost -> Optional.of(gone(run, entry));
      case PollOutcome.Failed failed -> Optional.of(gone(run, entry));
      case PollOutcome.Cancelled cancelled -> Optional.of(gone(run, entry));
    };
  }

  private Next store(RenderRun run, EndpointRegistry.Entry entry, PollOutcome.Succeeded succeeded) {
    HeldRender row = run.row();
    List<RenderOutput> stored = new ArrayList<>();
    for (Output output : succeeded.outputs()) {
      ObjectKey key =
          ObjectKey.of(
              row.workspace(),
              "renders",
              row.generation().value(),
              row.render().value(),
              output.index() + ".mp4");
      switch (upload.upload(entry.endpoint(), row.provider().orElseThrow(), output, key)) {
        case UploadOutcome.Stored one -> stored.add(one.output());
        case UploadOutcome.Gone gone -> {
          return gone(run, entry);
        }
        case UploadOutcome.EndpointTrouble trouble -> {
          return fetchAgain(run, entry, trouble);
        }
        case UploadOutcome.StoreTrouble trouble -> {
          log.warn("{} waits for the store: {}", run.id(), trouble.why());
          run.forgetAddress();
          run.silences().clear();
          return new Next.Wait(run.backoff().next());
        }
      }
    }
    WorkerSteps.STORED_BEFORE_COMPLETED.reach();
    Next next = end.end(run, new Ending.Completed(stored, succeeded.withheld(), run.ledgerNow()));
    WorkerSteps.COMPLETED_COMMITTED.reach();
    return next;
  }

  private Next fetchAgain(
      RenderRun run, EndpointRegistry.Entry entry, UploadOutcome.EndpointTrouble trouble) {
    log.warn("The result of {} could not be fetched: {}", run.id(), trouble.why());
    run.forgetAddress();
    return later(run, entry, trouble.why(), trouble.retryAfter());
  }

  /**
   * Gives a paid result up only when it has been out of reach for long, and still is: the time may
   * have passed in an outage of ours.
   */
  private Next later(
      RenderRun run, EndpointRegistry.Entry entry, String why, Optional<Duration> askAgain) {
    EndpointDefinition definition = entry.definition();
    Instant finished = run.row().times().finishedAt().orElseGet(run::ledgerNow);
    if (run.ledgerNow().isAfter(finished.plus(definition.longestRun()))
        && run.silences().lostAfter(definition.lostAfter())) {
      return end.end(
          run,
          new Ending.Failed(
              EndpointFailure.of(FailureKind.BAD_OUTPUT, Retry.SAME_ENDPOINT_LATER, Billing.YES)
                  .saying(Optional.of(why)),
              reportedCost(run)));
    }
    Duration wait = askAgain.orElseGet(() -> run.backoff().next());
    return new Next.Wait(
        wait.compareTo(FollowRender.LONGEST_POLL) > 0 ? FollowRender.LONGEST_POLL : wait);
  }

  private Next gone(RenderRun run, EndpointRegistry.Entry entry) {
    run.forgetAddress();
    if (!run.denials().lostAfter(entry.definition().lostAfter())) {
      return new Next.Wait(entry.definition().lostAfter().dividedBy(2).plusMillis(1));
    }
    return end.end(
        run,
        new Ending.Failed(
            EndpointFailure.of(FailureKind.EXPIRED, Retry.SAME_ENDPOINT_LATER, Billing.YES),
            reportedCost(run)));
  }

  private static Optional<Charge> reportedCost(RenderRun run) {
    return run.row()
        .result()
        .filter(HeldRender.Result::costReported)
        .flatMap(HeldRender.Result::cost);
  }
}
