package dev.dailies.prompt.generation;

import dev.dailies.contracts.BriefId;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.ProjectId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.CostBasis;
import dev.dailies.contracts.event.Operation;
import dev.dailies.prompt.catalogue.Model;
import dev.dailies.prompt.library.Shot;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A request that every rule lets pass which can be asked before anything is written.
 *
 * @param digest over what was asked with the usual values filled in: leaving them out asks for the
 *     same
 */
public record PreparedRequest(
    WorkspaceId workspace, Actor actor, Question question, String digest) {

  static PreparedRequest of(WorkspaceId workspace, Actor actor, Question question) {
    return new PreparedRequest(workspace, actor, question, digest(question));
  }

  PreparedRequest with(List<FoundSource> kept) {
    return new PreparedRequest(workspace, actor, question.with(kept), digest);
  }

  GenerationRequest request() {
    return question.request();
  }

  Instant now() {
    return question.now();
  }

  /** The generations behind its sources. */
  List<GenerationId> parents() {
    return question.sources().stream()
        .flatMap(source -> source.parent().stream())
        .map(SourceStore.Parent::id)
        .toList();
  }

  /** Every variation, ready to be written. */
  List<AcceptedRequest> accepted(Shot shot, SourceStore.Standing parents) {
    Specification.Form form = form(Optional.of(shot));
    Specification.Words words = request().words();
    List<GenerationId> ids =
        IntStream.range(0, request().variations()).mapToObj(i -> GenerationId.mint()).toList();
    Optional<GenerationId> together =
        ids.size() == 1 ? Optional.empty() : Optional.of(ids.getFirst());
    Model model = question.model().orElseThrow();
    List<SourceStore.Use> sources =
        question.sources().stream()
            .map(source -> new SourceStore.Use(source.use(), SourceRules.picture(model, source)))
            .toList();
    List<Hold> holds = StartingHolds.of(question, parents);
    List<AcceptedRequest> all = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      all.add(
          new AcceptedRequest(
              ids.get(i),
              workspace,
              shot.id(),
              together,
              model.pool(),
              new Specification(form.as(i + 1), words),
              sources,
              request().metadata(),
              holds,
              estimate(model),
              now(),
              actor));
    }
    return all;
  }

  /** The specification of that variation as it is told to a client; where it lies is not. */
  Specification shown(int variation) {
    return new Specification(form(Optional.empty()).as(variation), request().words());
  }

  /** A shot says where the work belongs. */
  private Specification.Form form(Optional<Shot> shot) {
    GenerationRequest request = request();
    return new Specification.Form(
        request.operation(),
        question.model().orElseThrow().id(),
        question.sources().stream().filter(FoundSource::named).map(FoundSource::use).toList(),
        request.output().kind(),
        question.size().orElseThrow(),
        question.length(),
        request.output().rate(),
        request.output().codec(),
        question.seed(),
        question.audio(),
        shot.flatMap(Shot::project).map(ProjectId::value),
        shot.flatMap(Shot::brief).map(BriefId::value),
        shot.flatMap(Shot::briefRow),
        1,
        shot.map(Shot::dimensions).orElse(Map.of()),
        request.care().labelProfile(),
        request.care().retentionClass(),
        request.care().priority(),
        request.care().notBefore(),
        request.care().deadline());
  }

  private Optional<Spent> estimate(Model model) {
    return model
        .priceOn(question.today())
        .map(price ->
            new Spent(
                price
                    .perSecond()
                    .multiply(BigDecimal.valueOf(question.made().toMillis()))
                    .movePointLeft(3),
                price.currency(),
                CostBasis.COMPUTED));
  }

  /** The first parts are those of the first build, so that its keys stay good. */
  private static String digest(Question question) {
    GenerationRequest request = question.request();
    List<String> parts = new ArrayList<>();
    parts.add(question.model().orElseThrow().id());
    parts.add(question.size().orElseThrow().toString());
    parts.add(question.made().toString());
    parts.add(question.seed().map(String::valueOf).orElse(""));
    parts.add(question.audio().name());
    parts.add(request.care().priority().name());
    parts.add(request.care().notBefore().map(Instant::toString).orElse(""));
    parts.add(SpecificationRecords.digest(request.words()));
    new TreeMap<>(request.metadata())
        .forEach((name, value) -> {
          parts.add(name);
          parts.add(value);
        });
    List<String> more = more(request);
    if (!more.isEmpty()) {
      parts.add(Digest.of(more));
    }
    return Digest.of(parts);
  }

  /** What differs from a plain request. */
  private static List<String> more(GenerationRequest request) {
    List<String> parts = new ArrayList<>();
    if (request.operation() != Operation.GENERATE) {
      SpecificationRecords.named(parts, "operation", request.operation());
    }
    for (WantedSource source : request.sources()) {
      SpecificationRecords.named(parts, "source", source.identity());
      SpecificationRecords.named(parts, "role", source.role());
      SpecificationRecords.named(parts, "first", source.firstFrame());
      SpecificationRecords.named(parts, "last", source.lastFrame());
    }
    SpecificationRecords.named(parts, "rate", request.output().rate());
    SpecificationRecords.named(parts, "codec", request.output().codec());
    SpecificationRecords.named(parts, "project", request.place().project());
    SpecificationRecords.named(parts, "brief", request.place().brief());
    SpecificationRecords.named(parts, "row", request.place().briefRow());
    SpecificationRecords.named(parts, "shot", request.place().shot());
    new TreeMap<>(request.place().dimensions())
        .forEach((name, value) -> {
          SpecificationRecords.named(parts, "dimension", name);
          SpecificationRecords.named(parts, "is", value);
        });
    SpecificationRecords.named(parts, "deadline", request.care().deadline());
    if (!request.care().labelProfile().equals(Specification.Form.USUAL_LABEL_PROFILE)) {
      SpecificationRecords.named(parts, "label", request.care().labelProfile());
    }
    if (!request.care().retentionClass().equals(Specification.Form.USUAL_RETENTION)) {
      SpecificationRecords.named(parts, "retention", request.care().retentionClass());
    }
    if (request.variations() > 1) {
      SpecificationRecords.named(parts, "variations", request.variations());
    }
    return parts;
  }
}
