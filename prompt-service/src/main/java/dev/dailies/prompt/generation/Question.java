package dev.dailies.prompt.generation;

import dev.dailies.contracts.event.AudioMode;
import dev.dailies.contracts.event.Operation;
import dev.dailies.contracts.event.SourceRole;
import dev.dailies.prompt.catalogue.Catalogue;
import dev.dailies.prompt.catalogue.FrameSize;
import dev.dailies.prompt.catalogue.Model;
import dev.dailies.vault.VideoHeader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * What the rules of acceptance look at: the request with what was found for it. Where the request
 * names no value, the video it is made of gives it; else the model's usual one holds.
 *
 * @param largestInput most bytes of a reference that workers bring to a model
 */
record Question(
    GenerationRequest request,
    List<FoundSource> sources,
    Optional<Model> model,
    Instant now,
    long largestInput) {
  static final String USUAL_MODEL = "animatic-1";
  static final FrameSize USUAL_SIZE = new FrameSize(1280, 720);
  static final int USUAL_SECONDS = 4;

  Question {
    sources = List.copyOf(sources);
  }

  static Question of(
      GenerationRequest request,
      List<FoundSource> sources,
      Catalogue catalogue,
      Instant now,
      long largestInput) {
    Question open = new Question(request, sources, Optional.empty(), now, largestInput);
    return new Question(request, sources, catalogue.find(open.modelName()), now, largestInput);
  }

  Question with(List<FoundSource> kept) {
    return new Question(request, kept, model, now, largestInput);
  }

  /**
   * Whether it says what would be made, so that it can be compared; whether that is possible or
   * not.
   */
  boolean whole() {
    return model.isPresent() && size().isPresent() && (keepsLength() || seconds().isPresent());
  }

  /** Whether it is made of exactly one other video. */
  boolean madeOfOne() {
    return switch (request.operation()) {
      case REMIX, EDIT, EXTEND, LOOP, UPSCALE -> true;
      case UNKNOWN, GENERATE, INTERPOLATE, RECUT -> false;
    };
  }

  /** The form of the video that it is made of, where that was made here. */
  Optional<Specification.Form> original() {
    return sources.stream()
        .filter(source -> source.wanted().role() == SourceRole.SOURCE)
        .flatMap(source -> source.parent().stream())
        .map(SourceStore.Parent::form)
        .findFirst();
  }

  /** The video that was brought with the request, and is to be worked on. */
  Optional<VideoHeader> film() {
    return sources.stream()
        .filter(source -> source.wanted().role() == SourceRole.SOURCE)
        .flatMap(source -> source.film().stream())
        .findFirst();
  }

  /** How long the video is that it is made of. */
  private Optional<Duration> originalLength() {
    return original().map(Specification.Form::length).or(() -> film().map(VideoHeader::length));
  }

  LocalDate today() {
    return LocalDate.ofInstant(now, ZoneOffset.UTC);
  }

  String modelName() {
    return request.model().or(() -> original().map(Specification.Form::model)).orElse(USUAL_MODEL);
  }

  Optional<FrameSize> size() {
    if (request.size().isPresent()) {
      return FrameSize.parse(request.size().get());
    }
    return original()
        .map(Specification.Form::size)
        .or(this::filmSize)
        .or(() ->
            model.map(m -> m.sizes().contains(USUAL_SIZE) ? USUAL_SIZE : m.sizes().getFirst()));
  }

  /** What is added to a film has its size; what else is made of it may have the usual one. */
  private Optional<FrameSize> filmSize() {
    return film()
        .map(header -> new FrameSize(header.width(), header.height()))
        .filter(size ->
            request.operation() == Operation.EXTEND
                || model.filter(m -> m.sizes().contains(size)).isPresent());
  }

  /** Whether it lasts as long as the video that it is made of. */
  boolean keepsLength() {
    return request.seconds().isEmpty()
        && request.operation() != Operation.EXTEND
        && original().isPresent();
  }

  /** The length asked for in seconds; of an extension, what is added. */
  Optional<Integer> seconds() {
    int usual =
        model
            .map(m -> m.seconds().contains(USUAL_SECONDS) ? USUAL_SECONDS : m.seconds().first())
            .orElse(USUAL_SECONDS);
    int unsaid = request.operation() == Operation.EXTEND ? usual : filmSeconds().orElse(usual);
    return request.wholeSeconds(unsaid).stream().boxed().findFirst();
  }

  /** A film rarely lasts whole seconds to the millisecond. */
  private Optional<Integer> filmSeconds() {
    return film().map(header -> (int) Math.max(1, Math.round(header.length().toMillis() / 1e3)));
  }

  /** What has to be made anew. */
  Duration made() {
    return keepsLength()
        ? original().orElseThrow().length()
        : Duration.ofSeconds(seconds().orElseThrow());
  }

  /** How long the video will last; an extension is stitched to what it extends. */
  Duration length() {
    return request.operation() == Operation.EXTEND
        ? made().plus(originalLength().orElse(Duration.ZERO))
        : made();
  }

  Optional<Long> seed() {
    return request.seed().or(() -> original().flatMap(Specification.Form::seed));
  }

  AudioMode audio() {
    return request
        .audio()
        .or(() -> original().map(Specification.Form::audio))
        .orElse(AudioMode.MODEL_DEFAULT);
  }
}
