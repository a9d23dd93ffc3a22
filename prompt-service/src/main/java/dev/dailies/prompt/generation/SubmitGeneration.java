package dev.dailies.prompt.generation;

import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.ShotId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.CostBasis;
import dev.dailies.contracts.event.GenerationAccepted;
import dev.dailies.messaging.EventOrigin;
import dev.dailies.messaging.Outbox;
import dev.dailies.prompt.PromptSteps;
import dev.dailies.prompt.catalogue.Catalogue;
import dev.dailies.prompt.catalogue.Model;
import dev.dailies.prompt.generation.AcceptRules.Question;
import dev.dailies.prompt.library.Placement;
import dev.dailies.prompt.library.Wish;
import dev.dailies.prompt.library.WorkPlaces;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Accepts a request: all of it is durable before the client has its answer, or nothing is. */
public final class SubmitGeneration {
  private final Catalogue catalogue;
  private final GenerationStore generations;
  private final WorkPlaces places;
  private final Outbox outbox;
  private final Transactions transactions;
  private final WorkSignal work;
  private final GenerationCounts counts;
  private final Clock clock;

  public SubmitGeneration(
      Catalogue catalogue,
      GenerationStore generations,
      WorkPlaces places,
      Outbox outbox,
      Transactions transactions,
      WorkSignal work,
      GenerationCounts counts,
      Clock clock) {
    this.catalogue = catalogue;
    this.generations = generations;
    this.places = places;
    this.outbox = outbox;
    this.transactions = transactions;
    this.work = work;
    this.counts = counts;
    this.clock = clock;
  }

  /** Accepts, or says why not. */
  public Submission submit(
      WorkspaceId workspace, Actor actor, VideoRequest request, Optional<String> idempotencyKey) {
    Question question = question(request);
    Optional<Refusal> refusal = AcceptRules.refusal(question);
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    Submission submission =
        transactions.within(() -> {
          Submission decided = decide(workspace, actor, question, idempotencyKey);
          PromptSteps.ACCEPT_BEFORE_COMMIT.reach();
          return decided;
        });
    PromptSteps.ACCEPTED_COMMITTED.reach();
    return submission;
  }

  /** Accepts as a part of the caller's transaction, or says why not and leaves nothing in it. */
  public Submission submitWithin(
      WorkspaceId workspace, Actor actor, VideoRequest request, Optional<String> idempotencyKey) {
    Question question = question(request);
    return AcceptRules.refusal(question)
        .map(this::refused)
        .orElseGet(() -> decide(workspace, actor, question, idempotencyKey));
  }

  private Question question(VideoRequest request) {
    return AcceptRules.question(
        request, catalogue, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
  }

  private Submission refused(Refusal refusal) {
    counts.refusedRequest(refusal);
    return new Submission.Refused(refusal);
  }

  private Submission decide(
      WorkspaceId workspace, Actor actor, Question question, Optional<String> idempotencyKey) {
    Wish wish = question.request().wish();
    AcceptedRequest accepted = accepted(workspace, actor, question, clock.instant());
    return idempotencyKey
        .flatMap(key -> earlier(accepted, wish, key))
        .orElseGet(() ->
            switch (places.place(workspace, wish, accepted.acceptedAt())) {
              case Placement.Placed placed -> {
                write(accepted.in(placed.shot().id()));
                yield answer(accepted, accepted.id(), accepted.acceptedAt(), false);
              }
              case Placement.Refused no -> {
                idempotencyKey.ifPresent(key -> generations.forget(workspace, key));
                yield refused(new Refusal(no.rule(), no.code(), no.message(), no.param()));
              }
            });
  }

  private Optional<Submission> earlier(AcceptedRequest accepted, Wish wish, String key) {
    String digest = digest(accepted, wish);
    return generations
        .remember(accepted.workspace(), key, digest, accepted.id(), accepted.acceptedAt())
        .map(first ->
            first.request().equals(digest)
                ? answer(accepted, first.generation(), first.acceptedAt(), true)
                : new Submission.KeyReused());
  }

  private static Submission answer(
      AcceptedRequest accepted, GenerationId id, Instant at, boolean repeated) {
    return new Submission.Accepted(id, accepted.specification(), at, repeated);
  }

  private void write(AcceptedRequest accepted) {
    generations.insert(accepted);
    outbox.state(
        accepted.id().value(), accepted.workspace().value(), SpecificationRecords.spec(accepted));
    outbox.publish(
        EventOrigin.of("generation", accepted.id().value(), accepted.workspace().value())
            .by(accepted.actor()),
        envelope ->
            GenerationAccepted.newBuilder()
                .setEnvelope(envelope)
                .setForm(SpecificationRecords.form(accepted.specification(), accepted.shot()))
                .setHolds(accepted.holds().stream().map(Hold::name).toList())
                .setPool(accepted.pool().value())
                .build());
    transactions.afterCommit(() -> {
      counts.accepted();
      work.changed(accepted.pool());
    });
  }

  private static AcceptedRequest accepted(
      WorkspaceId workspace, Actor actor, Question question, Instant now) {
    Model model = question.model().orElseThrow();
    VideoRequest request = question.request();
    Duration length = Duration.ofSeconds(question.seconds().orElseThrow());
    Specification specification =
        new Specification(
            new Specification.Form(
                model.id(),
                question.size().orElseThrow(),
                length,
                request.seed(),
                request.audio(),
                request.priority(),
                request.notBefore()),
            new Specification.Words(request.prompt(), request.negativePrompt()));
    return new AcceptedRequest(
        GenerationId.mint(),
        workspace,
        ShotId.mint(),
        model.pool(),
        specification,
        request.metadata(),
        StartingHolds.of(specification, now),
        model
            .priceOn(question.today())
            .map(price ->
                new Spent(
                    price.perSecond().multiply(BigDecimal.valueOf(length.toSeconds())),
                    price.currency(),
                    CostBasis.COMPUTED)),
        now,
        actor);
  }

  /** Over what was asked with the usual values filled in: leaving them out asks for the same. */
  private static String digest(AcceptedRequest accepted, Wish wish) {
    Specification.Form form = accepted.specification().form();
    List<String> parts = new ArrayList<>();
    parts.add(form.model());
    parts.add(form.size().toString());
    parts.add(form.length().toString());
    parts.add(form.seed().map(String::valueOf).orElse(""));
    parts.add(form.audio().name());
    parts.add(form.priority().name());
    parts.add(form.notBefore().map(Instant::toString).orElse(""));
    parts.add(SpecificationRecords.digest(accepted.specification().words()));
    new TreeMap<>(accepted.metadata())
        .forEach((name, value) -> {
          parts.add(name);
          parts.add(value);
        });
    if (!wish.equals(Wish.NONE)) {
      // Only then: keys of requests without a wish keep the digest that they were noted with.
      parts.add("wish");
      parts.add(wish.toString());
    }
    return Digest.of(parts);
  }
}
