package dev.dailies.animatic.jobs;

import dev.dailies.animatic.AnimaticStep;
import dev.dailies.animatic.controls.ControlDesk;
import dev.dailies.animatic.controls.Directives;
import dev.dailies.animatic.controls.Marker;
import dev.dailies.animatic.journal.Money;
import dev.dailies.animatic.render.ClipRenderer;
import dev.dailies.animatic.render.ClipSpec;
import dev.dailies.animatic.render.Footage;
import dev.dailies.animatic.render.Picture;
import dev.dailies.animatic.render.RenderOutcome;
import dev.dailies.animatic.render.Sound;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The work on one job, from its start to its end, with whatever it was told to do wrong. */
public final class RunJob {
  private static final Logger LOG = LoggerFactory.getLogger(RunJob.class);
  private static final Duration TICK = Duration.ofMillis(50);

  private final JobStore store;
  private final ClipRenderer renderer;
  private final EndJob end;
  private final ControlDesk desk;
  private final JobMeter meter;
  private final Clock clock;

  public RunJob(
      JobStore store,
      ClipRenderer renderer,
      EndJob end,
      ControlDesk desk,
      JobMeter meter,
      Clock clock) {
    this.store = store;
    this.renderer = renderer;
    this.end = end;
    this.desk = desk;
    this.meter = meter;
    this.clock = clock;
  }

  void run(Job job) throws InterruptedException {
    Directives directives = job.directives();
    long started = System.nanoTime();
    if (store.move(job.id(), waiting -> waiting.started(clock.instant())).isEmpty()) {
      return;
    }
    if (directives.has(Marker.REFUSE)) {
      pace(job, started);
      fail(job, "moderation_blocked", "The request was blocked by our moderation system.", false);
      return;
    }
    if (directives.has(Marker.HANG)) {
      new CountDownLatch(1).await();
    }
    JobFiles files = store.files(job.id());
    try {
      RenderOutcome outcome =
          renderer.render(
              spec(job, files), files.unfinished(), frames -> progress(job, frames, started));
      meter.rendered(Duration.ofNanos(System.nanoTime() - started));
      pace(job, started);
      switch (outcome) {
        case RenderOutcome.Rendered rendered -> finish(job, files);
        case RenderOutcome.Broken broken -> {
          LOG.warn("job {} was not rendered: {}", job.id(), broken.why());
          fail(job, "internal_error", "The video could not be rendered.", false);
        }
      }
      // Only now: a job that a crash began anew needs it.
      Files.deleteIfExists(files.footage());
    } catch (IOException e) {
      throw new UncheckedIOException("job " + job.id(), e);
    }
  }

  private void finish(Job job, JobFiles files) throws IOException {
    Directives directives = job.directives();
    if (directives.has(Marker.REFUSE_OUTPUT)) {
      fail(job, "content_filter", "The generated video was withheld by our filter.", true);
      return;
    }
    if (directives.has(Marker.FAIL)) {
      String code = directives.value(Marker.FAIL).orElse("internal_error");
      fail(job, code, "The video generation failed.", false);
      return;
    }
    spoil(directives, job.request().seed(), files.unfinished());
    AnimaticStep.RENDERED_BEFORE_STORED.reach();
    Files.move(
        files.unfinished(),
        files.video(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    end.completed(job);
  }

  private void fail(Job job, String code, String message, boolean paid) {
    Money cost = paid || job.directives().has(Marker.BILLED) ? job.price() : job.price().none();
    end.failed(job, new Job.JobError(code, message), cost);
  }

  private ClipSpec spec(Job job, JobFiles files) {
    ClipRequest request = job.request();
    Directives directives = job.directives();
    boolean small = directives.has(Marker.WRONG_SIZE);
    return new ClipSpec(
        small ? Math.max(16, request.width() / 4 * 2) : request.width(),
        small ? Math.max(16, request.height() / 4 * 2) : request.height(),
        request.rate(),
        directives.has(Marker.WRONG_LENGTH) ? (request.frames() + 1) / 2 : request.frames(),
        request.seed(),
        desk.shown(request.prompt()),
        picture(directives),
        sound(request, directives),
        request.still() ? Optional.of(files.still()) : Optional.empty(),
        request.origin().flatMap(origin -> footage(origin, files)));
  }

  private static Optional<Footage> footage(Origin origin, JobFiles files) {
    return switch (origin.operation()) {
      case REMIX -> Optional.empty();
      case EDIT -> Optional.of(new Footage(files.footage(), OptionalInt.empty()));
      case EXTEND -> Optional.of(new Footage(files.footage(), OptionalInt.of(origin.lead())));
    };
  }

  private static Picture picture(Directives directives) {
    if (directives.has(Marker.TESTCARD)) {
      return Picture.TEST_CARD;
    }
    return directives.has(Marker.BLACK) ? Picture.BLACK : Picture.SCENE;
  }

  private static Sound sound(ClipRequest request, Directives directives) {
    if (!request.audio() || directives.has(Marker.NO_AUDIO)) {
      return Sound.NONE;
    }
    return directives.has(Marker.SILENCE) ? Sound.SILENCE : Sound.TONE;
  }

  private static void spoil(Directives directives, long seed, Path clip) throws IOException {
    if (directives.has(Marker.GARBAGE)) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] noise = new byte[(int) Math.min(Files.size(clip), 1 << 20)];
      random.nextBytes(noise);
      try (OutputStream out = Files.newOutputStream(clip)) {
        out.write(noise);
      }
    }
    if (directives.has(Marker.TRUNCATED)) {
      try (RandomAccessFile file = new RandomAccessFile(clip.toFile(), "rw")) {
        file.setLength(file.length() / 2);
      }
    }
  }

  /** Frames done, or the share of the time it is told to take, whichever is behind. */
  private void progress(Job job, int frames, long started) {
    int byFrames = 99 * frames / job.request().frames();
    Duration pace = job.directives().atLeast();
    int percent = pace.isZero() ? byFrames : Math.min(byFrames, byTime(pace, started));
    store.progress(job.id(), Math.clamp(percent, 0, 99));
  }

  private void pace(Job job, long started) throws InterruptedException {
    Duration pace = job.directives().atLeast();
    while (System.nanoTime() - started < pace.toNanos()) {
      Thread.sleep(TICK);
      store.progress(job.id(), byTime(pace, started));
    }
  }

  private static int byTime(Duration pace, long started) {
    return (int) Math.clamp(99 * (System.nanoTime() - started) / pace.toNanos(), 0, 99);
  }
}
