package dev.dailies.review.moderation;

import dev.dailies.media.Scratch;
import dev.dailies.review.board.Board;
import dev.dailies.review.board.Take;
import dev.dailies.review.board.Wording;
import dev.dailies.review.moderation.MediaFetch.Fetched;
import dev.dailies.review.moderation.NextStep.Reason;
import dev.dailies.review.moderation.Signal.Medium;
import dev.dailies.vault.VaultUnavailable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges one asset: gathers what it says and shows, asks every provider, lets the policy decide.
 * Fails closed: what could not be looked at is held, never cleared; only a store that is down is
 * waited for without end.
 */
final class JudgeAsset {
  private static final Logger log = LoggerFactory.getLogger(JudgeAsset.class);
  private static final Duration LOOK_FOR_TEXT = Duration.ofSeconds(2);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);
  private static final int STORE_DELAYS = 4;

  /** Bytes of scratch for frames and sound. */
  private static final long SAMPLES = 64L << 20;

  private final Board board;
  private final MediaFetch media;
  private final FrameSampler sampler;
  private final ModerationPolicy policy;
  private final Panel panel;
  private final Scratch scratch;

  JudgeAsset(
      Board board,
      MediaFetch media,
      FrameSampler sampler,
      ModerationPolicy policy,
      Panel panel,
      Scratch scratch) {
    this.board = board;
    this.media = media;
    this.sampler = sampler;
    this.policy = policy;
    this.panel = panel;
    this.scratch = scratch;
  }

  /** What is to become of the task. Throws only if the database can't be read. */
  NextStep judge(ClaimedTask task) throws InterruptedException {
    Optional<Take> take = board.findTake(task.asset());
    if (take.isEmpty()) {
      return new NextStep.Drop();
    }
    Optional<Wording> wording = board.findWording(task.generation());
    if (wording.isEmpty() && task.age().compareTo(policy.patience().text()) < 0) {
      return new NextStep.Defer(Reason.TEXT_MISSING, LOOK_FOR_TEXT);
    }
    long clip = MediaFetch.judged(take.get()).map(Take.Form::size).orElse(0L);
    try (Scratch.Room room = scratch.reserve(clip + SAMPLES)) {
      return judge(task, take.get(), wording, room.folder());
    } catch (VaultUnavailable e) {
      log.warn("{} waits for the store: {}", task.asset(), e.getMessage());
      Duration delay = Duration.ofSeconds(1L << Math.clamp(task.attempts() - 1L, 0, STORE_DELAYS));
      return new NextStep.Defer(Reason.STORE_UNAVAILABLE, delay);
    } catch (IOException e) {
      log.warn("{} could not be read: {}", task.asset(), e.toString());
      return laterOr(task, Reason.SAMPLING_FAILED, Optional.empty(), List.of());
    } catch (RuntimeException e) {
      log.error("Judging {} failed", task.asset(), e);
      return laterOr(task, Reason.FAULT, Optional.empty(), List.of());
    }
  }

  private NextStep judge(ClaimedTask task, Take take, Optional<Wording> wording, Path folder)
      throws IOException, InterruptedException {
    List<Signal> signals = new ArrayList<>();
    if (wording.isEmpty()) {
      signals.add(Signal.of(Signal.SERVICE, Reason.TEXT_MISSING.code(), Medium.TEXT));
    }
    List<Frame> frames = List.of();
    Optional<Soundtrack> sound = Optional.empty();
    switch (look(take, folder)) {
      case Look.Seen seen -> {
        frames = seen.frames();
        sound = seen.sound();
      }
      case Look.Unseen unseen ->
          signals.add(Signal.of(Signal.SERVICE, unseen.category(), Medium.FRAME));
      case Look.Failed failed -> {
        log.warn("{} could not be sampled: {}", task.asset(), failed.why());
        return laterOr(task, Reason.SAMPLING_FAILED, Optional.empty(), signals);
      }
    }
    Evidence evidence =
        new Evidence(task.asset(), wording, metadata(take), take.findings(), frames, sound);
    return ask(task, evidence, signals);
  }

  private NextStep ask(ClaimedTask task, Evidence evidence, List<Signal> signals) {
    Optional<Duration> retryAfter = Optional.empty();
    boolean complete = panel.absent().isEmpty();
    for (ModerationProvider provider : panel.providers()) {
      switch (provider.judge(evidence)) {
        case Judgement.Assessed assessed -> signals.addAll(assessed.signals());
        case Judgement.Unavailable unavailable -> {
          log.warn("{} could not judge {}: {}", provider.name(), task.asset(), unavailable.why());
          retryAfter = unavailable.retryAfter();
          complete = false;
        }
      }
    }
    Verdict verdict = Verdict.under(policy, signals);
    // No later answer could make a block milder, so it need not be waited for.
    return complete || verdict.outcome() == Outcome.BLOCK
        ? new NextStep.Decide(verdict)
        : laterOr(task, Reason.PROVIDER_UNAVAILABLE, retryAfter, signals);
  }

  /** Tries again later, as long as the policy is patient; then a person is asked. */
  private NextStep laterOr(
      ClaimedTask task, Reason reason, Optional<Duration> retryAfter, List<Signal> signals) {
    int failures = task.failures() + 1;
    if (failures < policy.patience().attempts()) {
      Duration backoff = policy.patience().backoffAfter(failures);
      Duration asked = retryAfter.orElse(backoff);
      Duration delay = asked.compareTo(backoff) > 0 ? asked : backoff;
      return new NextStep.Defer(reason, delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY);
    }
    return giveUp(reason, signals);
  }

  private NextStep giveUp(Reason reason, List<Signal> signals) {
    List<Signal> all = new ArrayList<>(signals);
    Medium medium = reason == Reason.PROVIDER_UNAVAILABLE ? Medium.TECHNICAL : Medium.FRAME;
    all.add(Signal.of(Signal.SERVICE, reason.code(), medium));
    return new NextStep.Decide(Verdict.under(policy, all));
  }

  private Look look(Take take, Path folder) throws IOException, InterruptedException {
    return switch (media.fetch(take, folder)) {
      case Fetched.Unusable unusable -> new Look.Unseen(unusable.category());
      case Fetched.Local local -> sample(take, local.file(), folder);
    };
  }

  private Look sample(Take take, Path clip, Path folder) throws InterruptedException {
    Duration length = Duration.ofMillis(take.media().lengthMillis());
    int frames = policy.sampling().framesOf(length);
    return switch (sampler.sample(clip, length, frames, take.media().hasAudio(), folder)) {
      case FrameSampler.Sampling.Sampled sampled ->
          new Look.Seen(sampled.frames(), sampled.sound());
      case FrameSampler.Sampling.Unreadable unreadable -> {
        log.info("{} holds no readable media: {}", take.asset(), unreadable.why());
        yield new Look.Unseen("media_unreadable");
      }
      case FrameSampler.Sampling.Failed failed -> new Look.Failed(failed.why());
    };
  }

  private static Map<String, String> metadata(Take take) {
    Take.Media media = take.media();
    return Map.of(
        "width", String.valueOf(media.width()),
        "height", String.valueOf(media.height()),
        "length_ms", String.valueOf(media.lengthMillis()),
        "has_audio", String.valueOf(media.hasAudio()));
  }

  private sealed interface Look {
    record Seen(List<Frame> frames, Optional<Soundtrack> sound) implements Look {}

    record Unseen(String category) implements Look {}

    record Failed(String why) implements Look {}
  }
}
