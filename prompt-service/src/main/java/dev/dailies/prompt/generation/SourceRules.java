package dev.dailies.prompt.generation;

import static dev.dailies.prompt.generation.AcceptRules.no;

import dev.dailies.contracts.ErrorCode;
import dev.dailies.contracts.event.Operation;
import dev.dailies.contracts.event.SourceRole;
import dev.dailies.prompt.catalogue.Model;
import dev.dailies.prompt.generation.AcceptRules.No;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** The rules on what a video is made from. */
final class SourceRules {
  private SourceRules() {}

  static Optional<No> operationPossible(Question question) {
    Model model = question.model().orElseThrow();
    Operation operation = question.request().operation();
    return model.offers(operation)
        ? Optional.empty()
        : no(
            ErrorCode.UNSUPPORTED_OPERATION,
            "operation",
            "'%s' can't %s; it can %s."
                .formatted(
                    model.id(),
                    word(operation),
                    String.join(", ", new TreeSet<>(model.operations()))));
  }

  /** A new video has no source of its own; what is made of a video has exactly one. */
  static Optional<No> sourcesFit(Question question) {
    Operation operation = question.request().operation();
    List<FoundSource> made =
        question.sources().stream().filter(s -> s.wanted().role() == SourceRole.SOURCE).toList();
    if (operation == Operation.GENERATE) {
      return made.isEmpty()
          ? Optional.empty()
          : no(
              ErrorCode.INVALID_REQUEST,
              made.getFirst().wanted().param(),
              "A new video takes sources as first, last, style, subject, audio or mask.");
    }
    if (!question.madeOfOne()) {
      return Optional.empty();
    }
    if (made.size() != 1) {
      return no(
          ErrorCode.INVALID_REQUEST,
          "sources",
          "To %s takes exactly one video with the role 'source'.".formatted(word(operation)));
    }
    FoundSource only = made.getFirst();
    if (only.media().filter(media -> !media.equals("video")).isPresent()) {
      return no(
          ErrorCode.UNSUPPORTED_REFERENCE,
          only.wanted().param(),
          "To %s takes a video.".formatted(word(operation)));
    }
    boolean fits =
        switch (operation) {
          case REMIX -> only.parent().isPresent();
          // How long it gets must be known.
          case EXTEND -> only.parent().isPresent() || only.film().isPresent();
          case UNKNOWN, GENERATE, EDIT, INTERPOLATE, LOOP, UPSCALE, RECUT -> true;
        };
    return fits
        ? Optional.empty()
        : no(
            ErrorCode.UNSUPPORTED_REFERENCE,
            only.wanted().param(),
            operation == Operation.EXTEND
                ? "To extend takes the id of a video made here, or an MP4 that says its length."
                : "To %s takes the id of a video made here.".formatted(word(operation)));
  }

  static Optional<No> referencePossible(Question question) {
    Model model = question.model().orElseThrow();
    return question.sources().stream()
        .filter(source -> source.wanted().role() != SourceRole.SOURCE)
        .filter(source -> !takes(model, source))
        .findFirst()
        .flatMap(source ->
            no(
                ErrorCode.UNSUPPORTED_REFERENCE,
                source.wanted().param(),
                "'%s' can't start from that; it takes %s."
                    .formatted(
                        model.id(),
                        model.references().isEmpty()
                            ? "a prompt alone"
                            : String.join(", ", new TreeSet<>(model.references())))));
  }

  /** Stored references may be larger than what is carried to a model. */
  static Optional<No> referenceSize(Question question) {
    return question.sources().stream()
        .filter(source -> source.size().orElse(0) > question.largestInput())
        .findFirst()
        .flatMap(source ->
            no(
                ErrorCode.TOO_LARGE,
                source.wanted().param(),
                "What '%s' names holds %d bytes; a video is made from at most %d."
                    .formatted(
                        source.wanted().param(),
                        source.size().orElseThrow(),
                        question.largestInput())));
  }

  private static boolean takes(Model model, FoundSource source) {
    if (source.parent().isPresent()) {
      return model.references().contains("video") || model.references().contains("image");
    }
    return source.media().map(model.references()::contains).orElse(!model.references().isEmpty());
  }

  /** Whether a video can serve only with a picture of it. */
  static boolean picture(Model model, FoundSource source) {
    return source.parent().isPresent()
        && source.wanted().role() != SourceRole.SOURCE
        && !model.references().contains("video");
  }

  private static String word(Operation operation) {
    return operation.name().toLowerCase(Locale.ROOT);
  }
}
