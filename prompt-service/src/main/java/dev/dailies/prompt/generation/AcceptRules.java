package dev.dailies.prompt.generation;

import static dev.dailies.contracts.ErrorCode.INVALID_REQUEST;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.event.OutputKind;
import dev.dailies.prompt.catalogue.FrameSize;
import dev.dailies.prompt.catalogue.Model;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules by which a request is accepted, each with its name, in the order in which they are
 * asked. The first that says no gives the refusal.
 */
final class AcceptRules {

  /** A rule and its name. */
  record Rule(String name, Function<Question, Optional<Refusal>> check) {}

  /** Why not. */
  record No(ErrorCode code, String param, String message) {}

  private static final List<Rule> RULES =
      List.of(
          rule("text_length", AcceptRules::textLength),
          rule("model_known", AcceptRules::modelKnown),
          rule("model_offered", AcceptRules::modelOffered),
          rule("kind_possible", AcceptRules::kindPossible),
          rule("operation_possible", SourceRules::operationPossible),
          rule("sources_fit", SourceRules::sourcesFit),
          rule("reference_possible", SourceRules::referencePossible),
          rule("reference_size", SourceRules::referenceSize),
          rule("size_possible", AcceptRules::sizePossible),
          rule("length_possible", AcceptRules::lengthPossible),
          rule("rate_possible", AcceptRules::ratePossible),
          rule("audio_possible", AcceptRules::audioPossible),
          rule("beats_fit", AcceptRules::beatsFit),
          rule("times_fit", AcceptRules::timesFit));

  private AcceptRules() {}

  /** The names of all rules, also of those that look beyond the request. */
  static List<String> names() {
    return Stream.concat(
            RULES.stream().map(Rule::name), Stream.of("source_known", "source_usable", "placed"))
        .toList();
  }

  /** The first refusal, if any rule says no. */
  static Optional<Refusal> refusal(Question question) {
    return RULES.stream().flatMap(rule -> rule.check().apply(question).stream()).findFirst();
  }

  private static Rule rule(String name, Function<Question, Optional<No>> check) {
    return new Rule(
        name,
        question ->
            check
                .apply(question)
                .map(no -> new Refusal(name, no.code(), no.message(), no.param())));
  }

  static Optional<No> no(ErrorCode code, String param, String message) {
    return Optional.of(new No(code, param, message));
  }

  private static Optional<No> textLength(Question question) {
    Specification.Words words = question.request().words();
    if (length(words.prompt()) > SharedFields.LONGEST_TEXT) {
      return tooLong("prompt", length(words.prompt()));
    }
    Optional<No> negative =
        words
            .negativePrompt()
            .filter(text -> length(text) > SharedFields.LONGEST_TEXT)
            .flatMap(text -> tooLong("negative_prompt", length(text)));
    if (negative.isPresent()) {
      return negative;
    }
    int board = words.beats().stream().mapToInt(beat -> length(beat.text())).sum();
    if (board > SharedFields.LONGEST_TEXT) {
      return tooLong("beats", board);
    }
    int spoken = words.dialogue().stream().mapToInt(line -> length(line.line())).sum();
    return spoken > SharedFields.LONGEST_TEXT ? tooLong("audio", spoken) : Optional.empty();
  }

  private static Optional<No> tooLong(String param, int length) {
    return no(
        INVALID_REQUEST,
        param,
        "%s holds %d characters; at most %d are taken."
            .formatted(param, length, SharedFields.LONGEST_TEXT));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static Optional<No> modelKnown(Question question) {
    return question.model().isPresent()
        ? Optional.empty()
        : no(
            ErrorCode.MODEL_NOT_FOUND,
            "model",
            "There is no model '%s'; GET /v1/models lists them."
                .formatted(shown(question.modelName())));
  }

  private static Optional<No> modelOffered(Question question) {
    return question
        .model()
        .filter(model -> model.retiredOn(question.today()))
        .flatMap(model ->
            no(
                ErrorCode.MODEL_RETIRED,
                "model",
                "The model '%s' has been retired%s."
                    .formatted(
                        model.id(),
                        model.successor().map(next -> "; ask for '" + next + "'").orElse(""))));
  }

  private static Optional<No> kindPossible(Question question) {
    return question.request().output().kind() == OutputKind.VIDEO
        ? Optional.empty()
        : no(ErrorCode.UNSUPPORTED_OPERATION, "kind", "Only the kind 'video' is made here.");
  }

  private static Optional<No> sizePossible(Question question) {
    Model model = question.model().orElseThrow();
    return question.size().filter(model.sizes()::contains).isPresent()
        ? Optional.empty()
        : no(
            ErrorCode.UNSUPPORTED_SIZE,
            "size",
            "'%s' can't make the size '%s'; it makes %s."
                .formatted(
                    model.id(),
                    shown(
                        question
                            .request()
                            .size()
                            .or(() -> question.size().map(FrameSize::toString))
                            .orElse("")),
                    model.sizes().stream()
                        .map(FrameSize::toString)
                        .collect(Collectors.joining(", "))));
  }

  /** What is made of a video and names no length has that of the video, whatever it is. */
  private static Optional<No> lengthPossible(Question question) {
    Model model = question.model().orElseThrow();
    return question.keepsLength()
            || question.seconds().filter(model.seconds()::contains).isPresent()
        ? Optional.empty()
        : no(
            ErrorCode.UNSUPPORTED_LENGTH,
            "seconds",
            "'%s' can't make a video of '%s' seconds; it makes %s."
                .formatted(
                    model.id(),
                    shown(
                        question
                            .request()
                            .seconds()
                            .or(() -> question.seconds().map(String::valueOf))
                            .orElse("")),
                    model.seconds().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "))));
  }

  private static Optional<No> ratePossible(Question question) {
    Model model = question.model().orElseThrow();
    return question
        .request()
        .output()
        .rate()
        .filter(rate -> !model.frameRates().contains(rate))
        .flatMap(rate ->
            no(
                INVALID_REQUEST,
                "frame_rate",
                "'%s' can't make %s frames a second; it makes %s."
                    .formatted(model.id(), rate, model.frameRates())));
  }

  private static Optional<No> audioPossible(Question question) {
    Model model = question.model().orElseThrow();
    return switch (question.audio()) {
      case UNKNOWN, MODEL_DEFAULT, NONE -> Optional.empty();
      case AMBIENCE, FULL ->
          model.audio()
              ? Optional.empty()
              : no(
                  INVALID_REQUEST,
                  "audio",
                  "'%s' makes no sound; leave audio out.".formatted(model.id()));
    };
  }

  private static Optional<No> beatsFit(Question question) {
    List<Specification.BeatText> beats = question.request().words().beats();
    long length = question.length().toMillis();
    if (!beats.isEmpty() && beats.getLast().atMillis() + beats.getLast().lengthMillis() > length) {
      return no(
          INVALID_REQUEST, "beats", "The beats last longer than the video, " + length + " ms.");
    }
    boolean beyond =
        question.request().words().dialogue().stream()
            .anyMatch(line -> line.beat().filter(beat -> beat >= beats.size()).isPresent());
    return beyond
        ? no(INVALID_REQUEST, "audio", "A line of the dialogue names a beat that there is not.")
        : Optional.empty();
  }

  private static Optional<No> timesFit(Question question) {
    GenerationRequest.Care care = question.request().care();
    if (care.deadline().filter(end -> !end.isAfter(question.now())).isPresent()) {
      return no(INVALID_REQUEST, "deadline", "The deadline has passed already.");
    }
    return care.deadline().isPresent()
            && care.notBefore().filter(start -> !start.isBefore(care.deadline().get())).isPresent()
        ? no(INVALID_REQUEST, "deadline", "The deadline lies before not_before.")
        : Optional.empty();
  }

  /** What the client sent, short enough for a message. */
  static String shown(String text) {
    return text.length() <= 64 ? text : text.substring(0, 61) + "...";
  }
}
