package dev.dailies.prompt.generation;

import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.Actor;
import dev.dailies.contracts.event.GenerationAccepted;
import dev.dailies.messaging.EventOrigin;
import dev.dailies.messaging.Outbox;
import dev.dailies.prompt.PromptSteps;
import dev.dailies.prompt.audit.Audit;
import dev.dailies.prompt.audit.AuditEntry;
import dev.dailies.prompt.catalogue.Catalogue;
import dev.dailies.prompt.library.Placement;
import dev.dailies.prompt.library.WorkPlaces;
import dev.dailies.prompt.reference.ReferenceHolds;
import dev.dailies.prompt.reference.ReferenceShelf;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Accepts a request: all of it is durable before the client has its answer, or nothing is. */
public final class SubmitGeneration {
  /** Fewer than there are connections: others need some too. */
  private static final int AT_ONCE = 12;

  private final Turns turns = new Turns(AT_ONCE);
  private final Catalogue catalogue;
  private final GenerationStore generations;
  private final RepetitionStore repetitions;
  private final SourceStore sources;
  private final Uploads uploads;
  private final ReferenceHolds holds;
  private final WorkPlaces places;
  private final FindSources find;
  private final Outbox outbox;
  private final Audit audit;
  private final Feed feed;
  private final Transactions transactions;
  private final WorkSignal work;
  private final GenerationCounts counts;
  private final Clock clock;
  private final long largestInput;

  public SubmitGeneration(
      Catalogue catalogue,
      GenerationStore generations,
      RepetitionStore repetitions,
      SourceStore sources,
      ReferenceShelf references,
      ReferenceHolds holds,
      WorkPlaces places,
      Outbox outbox,
      Audit audit,
      Feed feed,
      Transactions transactions,
      WorkSignal work,
      GenerationCounts counts,
      Clock clock,
      long largestInput) {
    this.catalogue = catalogue;
    this.generations = generations;
    this.repetitions = repetitions;
    this.sources = sources;
    this.uploads = new Uploads(references);
    this.holds = holds;
    this.places = places;
    this.find = new FindSources(sources, references);
    this.outbox = outbox;
    this.audit = audit;
    this.feed = feed;
    this.transactions = transactions;
    this.work = work;
    this.counts = counts;
    this.clock = clock;
    this.largestInput = largestInput;
  }

  /** What the rules say of a request before anything of it is kept. */
  public sealed interface Preparation {
    /** They let it pass. */
    record Prepared(PreparedRequest request) implements Preparation {}

    /** It has its answer already: a refusal, or that of an earlier request. */
    record Answered(Submission submission) implements Preparation {}
  }

  /** Accepts in a transaction of its own, or says why not. */
  public Submission submit(
      WorkspaceId workspace, Actor actor, GenerationRequest request, Repetition repetition) {
    return switch (turns.take(() -> prepare(workspace, actor, request, repetition))) {
      case Preparation.Answered(Submission submission) -> submission;
      case Preparation.Prepared(PreparedRequest prepared) -> {
        // Only what every rule has let pass goes to the store.
        Submission submission = write(uploads.store(prepared), repetition);
        PromptSteps.ACCEPTED_COMMITTED.reach();
        yield submission;
      }
    };
  }

  private Submission write(PreparedRequest prepared, Repetition repetition) {
    boolean fresh = false;
    try {
      Submission written = turns.take(() -> commit(prepared, repetition));
      fresh = written instanceof Submission.Accepted accepted && !accepted.repeated();
      return written;
    } finally {
      if (!fresh) {
        uploads.discard(prepared);
      }
    }
  }

  private Submission commit(PreparedRequest prepared, Repetition repetition) {
    return transactions.within(() -> {
      Submission written = accept(prepared, repetition);
      PromptSteps.ACCEPT_BEFORE_COMMIT.reach();
      return written;
    });
  }

  /** Reads and judges; writes nothing. */
  public Preparation prepare(
      WorkspaceId workspace, Actor actor, GenerationRequest request, Repetition repetition) {
    Instant now = clock.instant();
    FindSources.Result found = find.find(workspace, request);
    Question question = Question.of(request, found.all(), catalogue, now, largestInput);
    Optional<Refusal> refusal = found.refusal().or(() -> AcceptRules.refusal(question));
    if (!question.whole()) {
      // Nothing like it was ever accepted: a key that is known belongs to another request.
      return new Preparation.Answered(
          repetitions
              .find(workspace, repetition, "")
              .<Submission>map(other -> new Submission.KeyReused())
              .orElseGet(() -> refused(refusal.orElseThrow())));
    }
    // What was accepted once is answered again, though a deadline may have passed meanwhile, or
    // what it starts from be gone.
    PreparedRequest prepared = PreparedRequest.of(workspace, actor, question);
    Optional<Submission> answer =
        earlier(prepared, repetition).or(() -> refusal.map(this::refused));
    return answer
        .<Preparation>map(Preparation.Answered::new)
        .orElseGet(() -> new Preparation.Prepared(prepared));
  }

  private Submission refused(Refusal refusal) {
    counts.refusedRequest(refusal);
    return new Submission.Refused(refusal);
  }

  /** Accepts in the transaction that is open; a refusal leaves nothing written. */
  public Submission accept(PreparedRequest prepared, Repetition repetition) {
    Optional<Submission> earlier = earlier(prepared, repetition);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    SourceStore.Standing parents = sources.hold(prepared.parents());
    if (parents == SourceStore.Standing.LOST) {
      String param = prepared.request().sources().getFirst().param();
      return earlier(prepared, repetition).orElseGet(() -> refused(FindSources.unusable(param)));
    }
    return switch (places.find(
        prepared.workspace(), prepared.request().place().wish(), prepared.now())) {
      case Placement.Placed placed -> accept(prepared, repetition, placed, parents);
      // An equal request may have been taken in, and its place archived, since we looked.
      case Placement.Refused no ->
          earlier(prepared, repetition)
              .orElseGet(
                  () -> refused(new Refusal(no.rule(), no.code(), no.message(), no.param())));
    };
  }

  private Submission accept(
      PreparedRequest prepared,
      Repetition repetition,
      Placement.Placed placed,
      SourceStore.Standing parents) {
    List<AcceptedRequest> all = prepared.accepted(placed.shot(), parents);
    return repetitions
        .remember(
            prepared.workspace(),
            repetition,
            prepared.digest(),
            all.getFirst().id(),
            prepared.now())
        .map(first -> again(prepared, first))
        .orElseGet(() -> {
          if (placed.added()) {
            places.add(placed.shot());
          }
          uploads.keep(prepared);
          return write(all);
        });
  }

  private Optional<Submission> earlier(PreparedRequest prepared, Repetition repetition) {
    return repetitions
        .find(prepared.workspace(), repetition, prepared.digest())
        .map(first -> again(prepared, first));
  }

  /** The first answer, made again from what was asked and what stands. */
  private Submission again(PreparedRequest prepared, RepetitionStore.Remembered first) {
    if (!first.request().equals(prepared.digest())) {
      return new Submission.KeyReused();
    }
    List<GenerationStore.Variation> stand = generations.variations(first.generation());
    return new Submission.Accepted(
        IntStream.range(0, stand.size())
            .mapToObj(i ->
                new Submission.Made(
                    stand.get(i).id(),
                    stand.get(i).shot(),
                    prepared.shown(i + 1),
                    first.acceptedAt()))
            .toList(),
        true);
  }

  private Submission write(List<AcceptedRequest> all) {
    for (AcceptedRequest accepted : all) {
      write(accepted);
    }
    note(all.getFirst(), all.size());
    transactions.afterCommit(() -> {
      all.forEach(accepted -> counts.accepted());
      work.changed(all.getFirst().pool());
    });
    return new Submission.Accepted(all.stream().map(AcceptedRequest::made).toList(), false);
  }

  private void note(AcceptedRequest first, int variations) {
    audit.record(
        new AuditEntry(
            first.workspace(),
            first.actor(),
            "generation.accepted",
            first.id().value(),
            Map.of(),
            Map.of("variations", variations, "shot", first.shot().value())));
  }

  private void write(AcceptedRequest accepted) {
    generations.insert(accepted);
    sources.insert(accepted.id(), accepted.sources());
    holds.hold(accepted.workspace(), accepted.id(), accepted.references());
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
    feed.tell(
        accepted.id(),
        FeedKind.GENERATION_ACCEPTED,
        Map.of("holds", accepted.holds().stream().map(Hold::name).toList()));
  }
}
