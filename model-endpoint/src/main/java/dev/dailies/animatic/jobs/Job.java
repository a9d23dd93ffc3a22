package dev.dailies.animatic.jobs;

import dev.dailies.animatic.controls.Directives;
import dev.dailies.animatic.journal.Money;
import dev.dailies.animatic.journal.VideoId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An accepted request and how far it is. Immutable; a later state is another record.
 *
 * @param progress percent
 * @param price what it costs when it ends well
 * @param billed what it did cost; absent until it has ended
 */
public record Job(
    VideoId id,
    ClipRequest request,
    Directives directives,
    Instant createdAt,
    Status status,
    int progress,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    Optional<JobError> error,
    Money price,
    Optional<Money> billed) {

  /** OpenAI's four words. */
  public enum Status {
    QUEUED,
    IN_PROGRESS,
    COMPLETED,
    FAILED;

    /** Whether nothing changes any more. */
    public boolean ended() {
      return this == COMPLETED || this == FAILED;
    }
  }

  /** Why it failed. */
  public record JobError(String code, String message) {}

  static Job accepted(
      VideoId id, ClipRequest request, Directives directives, Instant now, Money price) {
    return new Job(
        id,
        request,
        directives,
        now,
        Status.QUEUED,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        price,
        Optional.empty());
  }

  Job started(Instant now) {
    return with(Status.IN_PROGRESS, 0, Optional.of(now), Optional.empty(), error, billed);
  }

  Job waitingAgain() {
    return with(Status.QUEUED, 0, Optional.empty(), Optional.empty(), error, billed);
  }

  Job at(int percent) {
    return with(status, percent, startedAt, endedAt, error, billed);
  }

  Job completed(Instant now) {
    return with(
        Status.COMPLETED, 100, startedAt, Optional.of(now), Optional.empty(), Optional.of(price));
  }

  Job failed(Instant now, JobError why, Money cost) {
    return with(
        Status.FAILED, progress, startedAt, Optional.of(now), Optional.of(why), Optional.of(cost));
  }

  /** How long it was worked on, once it has ended. */
  public Optional<Duration> workedFor() {
    return startedAt.flatMap(from -> endedAt.map(to -> Duration.between(from, to)));
  }

  private Job with(
      Status nowStatus,
      int nowProgress,
      Optional<Instant> nowStartedAt,
      Optional<Instant> nowEndedAt,
      Optional<JobError> nowError,
      Optional<Money> nowBilled) {
    return new Job(
        id,
        request,
        directives,
        createdAt,
        nowStatus,
        nowProgress,
        nowStartedAt,
        nowEndedAt,
        nowError,
        price,
        nowBilled);
  }
}
