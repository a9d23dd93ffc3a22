package dev.dailies.animatic.jobs;

import dev.dailies.animatic.AnimaticStep;
import dev.dailies.animatic.controls.Directives;
import dev.dailies.animatic.controls.Marker;
import dev.dailies.animatic.journal.Journal;
import dev.dailies.animatic.journal.JournalEntry;
import dev.dailies.animatic.journal.VideoId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Accepts a request for money, or doesn't. The job's folder is written first, then the journal's
 * line: with that the job exists, and a folder without a line is swept away at the next start.
 */
public final class SubmitClip {
  private final JobStore store;
  private final JobRunner runner;
  private final Journal journal;
  private final EndJob end;
  private final Tariff tariff;
  private final Clock clock;

  public SubmitClip(
      JobStore store, JobRunner runner, Journal journal, EndJob end, Tariff tariff, Clock clock) {
    this.store = store;
    this.runner = runner;
    this.journal = journal;
    this.end = end;
    this.tariff = tariff;
    this.clock = clock;
  }

  /**
   * Submits.
   *
   * @param materials what the request starts from
   */
  public SubmitOutcome submit(ClipRequest request, Directives directives, Materials materials) {
    Optional<JobRunner.Place> place = runner.reserve();
    if (place.isEmpty()) {
      reject(request.clientReference(), 429, "rate_limit_exceeded");
      return new SubmitOutcome.Full(runner.estimatedWait());
    }
    Instant now = clock.instant();
    Job job =
        Job.accepted(
            VideoId.mint(now),
            request,
            directives,
            now,
            tariff.price(request.made(), directives.price()));
    try {
      store.write(job);
      if (!keep(job, materials)) {
        place.get().giveBack();
        store.delete(job.id());
        return new SubmitOutcome.SourceGone();
      }
      journal.append(
          new JournalEntry.Accepted(
              now,
              job.id(),
              request.clientReference(),
              request.model(),
              request.seconds(),
              request.size(),
              request.seed(),
              job.price(),
              request.origin().map(origin -> origin.operation().name().toLowerCase(Locale.ROOT)),
              request.origin().flatMap(Origin::video),
              request.traceparent()));
    } catch (UncheckedIOException e) {
      place.get().giveBack();
      throw e;
    }
    if (directives.has(Marker.LOST)) {
      place.get().giveBack();
      end.lost(job);
      return new SubmitOutcome.Accepted(job);
    }
    store.publish(job);
    place.get().take(job.id());
    AnimaticStep.ACCEPTED_BEFORE_ANSWER.reach();
    return new SubmitOutcome.Accepted(job);
  }

  /** Notes a submit that was turned away. */
  public void reject(Optional<String> clientReference, int status, String code) {
    journal.append(new JournalEntry.Rejected(clock.instant(), clientReference, status, code));
  }

  /** False if the footage is no longer there. */
  private boolean keep(Job job, Materials materials) {
    JobFiles files = store.files(job.id());
    try {
      if (materials.still().isPresent()) {
        Files.write(files.still(), materials.still().get());
      }
      if (materials.footage().isPresent()) {
        link(materials.footage().get(), files.footage());
      }
      return true;
    } catch (NoSuchFileException gone) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("what the clip starts from cannot be kept", e);
    }
  }

  /** Clips are never changed in place, so another name for the same bytes is as good as a copy. */
  private static void link(Path clip, Path name) throws IOException {
    try {
      Files.createLink(name, clip);
    } catch (NoSuchFileException gone) {
      throw gone;
    } catch (FileSystemException | UnsupportedOperationException elsewhere) {
      Files.copy(clip, name);
    }
  }
}
