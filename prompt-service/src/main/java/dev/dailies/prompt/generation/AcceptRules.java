package dev.dailies.prompt.generation;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.event.AudioMode;
import dev.dailies.prompt.catalogue.Catalogue;
import dev.dailies.prompt.catalogue.FrameSize;
import dev.dailies.prompt.catalogue.Model;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rules by which a request is accepted, each with its name, in the order in which they are
 * asked. The first that says no gives the refusal.
 */
final class AcceptRules {
  static final String USUAL_MODEL = "animatic-1";
  static final FrameSize USUAL_SIZE = new FrameSize(1280, 720);
  static final int USUAL_SECONDS = 4;
  static final int LONGEST_TEXT = 32_000;

  /** What the rules look at. */
  record Question(VideoRequest request, Optional<Model> model, LocalDate today) {
    String modelName() {
      return request.model().orElse(USUAL_MODEL);
    }

    /** The size asked for, or the usual one of the model. */
    Optional<FrameSize> size() {
      if (request.size().isPresent()) {
        return FrameSize.parse(request.size().get());
      }
      return model.map(m -> m.sizes().contains(USUAL_SIZE) ? USUAL_SIZE : m.sizes().getFirst());
    }

    /** The length asked for in seconds, or the usual one of the model. */
    Optional<Integer> seconds() {
      int usual =
          model
              .map(m -> m.seconds().contains(USUAL_SECONDS) ? USUAL_SECONDS : m.seconds().first())
              .orElse(USUAL_SECONDS);
      return request.wholeSeconds(usual).stream().boxed().findFirst();
    }
  }

  /** A rule and its name. */
  record Rule(String name, Function<Question, Optional<Refusal>> check) {}

  private static final List<Rule> RULES =
      List.of(
          rule("prompt_given", AcceptRules::promptGiven),
          rule("text_length", AcceptRules::textLength),
          rule("model_known", AcceptRules::modelKnown),
          rule("model_offered", AcceptRules::modelOffered),
          rule("size_possible", AcceptRules::sizePossible),
          rule("length_possible", AcceptRules::lengthPossible),
          rule("audio_possible", AcceptRules::audioPossible));

  private AcceptRules() {}

  /** The names of all rules. */
  static List<String> names() {
    return RULES.stream().map(Rule::name).toList();
  }

  /** The first refusal, if any rule says no. */
  static Optional<Refusal> refusal(Question question) {
    return RULES.stream().flatMap(rule -> rule.check().apply(question).stream()).findFirst();
  }

  static Question question(VideoRequest request, Catalogue catalogue, LocalDate today) {
    return new Question(request, catalogue.find(request.model().orElse(USUAL_MODEL)), today);
  }

  private static Rule rule(String name, Function<Question, Optional<No>> check) {
    return new Rule(
        name,
        question ->
            check
                .apply(question)
                .map(no -> new Refusal(name, no.code(), no.message(), no.param())));
  }

  private record No(ErrorCode code, String param, String message) {}

  private static Optional<No> no(ErrorCode code, String param, String message) {
    return Optional.of(new No(code, param, message));
  }

  private static Optional<No> promptGiven(Question question) {
    return question.request().prompt().isBlank()
        ? no(
            ErrorCode.INVALID_REQUEST,
            "prompt",
            "A prompt is needed: 1 to " + LONGEST_TEXT + " characters that say what is to be seen.")
        : Optional.empty();
  }

  private static Optional<No> textLength(Question question) {
    if (length(question.request().prompt()) > LONGEST_TEXT) {
      return tooLong("prompt", length(question.request().prompt()));
    }
    return question
        .request()
        .negativePrompt()
        .filter(text -> length(text) > LONGEST_TEXT)
        .flatMap(text -> tooLong("negative_prompt", length(text)));
  }

  private static Optional<No> tooLong(String param, int length) {
    return no(
        ErrorCode.INVALID_REQUEST,
        param,
        "%s holds %d characters; at most %d are taken.".formatted(param, length, LONGEST_TEXT));
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
                    shown(question.request().size().orElse("")),
                    model.sizes().stream()
                        .map(FrameSize::toString)
                        .collect(Collectors.joining(", "))));
  }

  private static Optional<No> lengthPossible(Question question) {
    Model model = question.model().orElseThrow();
    return question.seconds().filter(model.seconds()::contains).isPresent()
        ? Optional.empty()
        : no(
            ErrorCode.UNSUPPORTED_LENGTH,
            "seconds",
            "'%s' can't make a video of '%s' seconds; it makes %s."
                .formatted(
                    model.id(),
                    shown(question.request().seconds().orElse("")),
                    model.seconds().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "))));
  }

  private static Optional<No> audioPossible(Question question) {
    Model model = question.model().orElseThrow();
    return switch (question.request().audio()) {
      case UNKNOWN, MODEL_DEFAULT, NONE -> Optional.empty();
      case AMBIENCE, FULL ->
          model.audio()
              ? Optional.empty()
              : no(
                  ErrorCode.INVALID_REQUEST,
                  "audio",
                  "'%s' makes no sound; leave audio out.".formatted(model.id()));
    };
  }

  /** What the client sent, short enough for a message. */
  private static String shown(String text) {
    return text.length() <= 64 ? text : text.substring(0, 61) + "...";
  }

  /** How much sound is meant by an on-off switch. */
  static AudioMode audio(boolean wanted) {
    return wanted ? AudioMode.FULL : AudioMode.NONE;
  }
}
