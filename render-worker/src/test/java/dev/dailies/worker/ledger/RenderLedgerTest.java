package dev.dailies.worker.ledger;

import static dev.dailies.worker.ledger.LedgerFixture.LEASE;
import static dev.dailies.worker.ledger.LedgerFixture.ORIGIN;
import static dev.dailies.worker.ledger.LedgerFixture.PLAN;
import static dev.dailies.worker.ledger.LedgerFixture.offer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dailies.contracts.Billing;
import dev.dailies.contracts.FailureKind;
import dev.dailies.contracts.GenerationId;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.Retry;
import dev.dailies.contracts.WorkerId;
import dev.dailies.contracts.WorkspaceId;
import dev.dailies.contracts.event.RenderCancelled;
import dev.dailies.contracts.event.RenderClaimed;
import dev.dailies.contracts.event.RenderFailed;
import dev.dailies.contracts.event.RenderParked;
import dev.dailies.contracts.event.RenderReleased;
import dev.dailies.contracts.event.RenderSubmitted;
import dev.dailies.worker.endpoint.EndpointFailure;
import dev.dailies.worker.endpoint.ProviderJob;
import dev.dailies.worker.fixture.Jobs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RenderLedgerTest {
  private static final String ENDPOINT = "gpu-1";
  private final WorkerId self = WorkerId.mint();
  private static LedgerFixture fixture;
  private RenderLedger ledger;

  @BeforeAll
  static void open() {
    fixture = new LedgerFixture();
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  @BeforeEach
  void empty() {
    fixture.empty();
    ledger = fixture.ledger;
    ledger.register(ENDPOINT, 2);
  }

  private HeldRender claimed() {
    return ledger.claim(self, List.of(offer(ENDPOINT)), LEASE).getFirst();
  }

  private HeldRender submitting() {
    return ledger.submitting(claimed(), PLAN, ORIGIN).orElseThrow();
  }

  private HeldRender submitted() {
    HeldRender sending = submitting();
    return ledger
        .submitted(sending, new ProviderJob("video_" + sending.render(), ORIGIN))
        .orElseThrow();
  }

  @Test
  void claimsGetSlotsAsFarAsThereAreAny() {
    List<HeldRender> held =
        ledger.claim(self, List.of(offer(ENDPOINT), offer(ENDPOINT), offer(ENDPOINT)), LEASE);

    assertThat(held).hasSize(3).filteredOn(HeldRender::slotted).hasSize(2);
    assertThat(fixture.outbox.of(RenderClaimed.class)).hasSize(3);
    assertThat(ledger.board(Set.of(ENDPOINT)))
        .satisfies(board -> assertThat(board.waiting()).isEqualTo(1))
        .satisfies(board -> assertThat(board.of(ENDPOINT).orElseThrow().free()).isZero())
        .satisfies(board -> assertThat(board.room()).isEqualTo(1));
  }

  @Test
  void aJobThatComesAgainIsNoClaim() {
    ClaimOffer offer = offer(ENDPOINT);

    assertThat(ledger.claim(self, List.of(offer, offer), LEASE)).hasSize(1);
    assertThat(ledger.claim(WorkerId.mint(), List.of(offer), LEASE)).isEmpty();
    assertThat(fixture.outbox.of(RenderClaimed.class)).hasSize(1);
    assertThat(fixture.takenSlots()).isEqualTo(1);
  }

  @Test
  void eightWorkersWithTheSameJobsMakeEachRenderOnceAndNeverOversubscribe() throws Exception {
    int slots = 5;
    ledger.register("shared", slots);
    List<ClaimOffer> offers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      offers.add(offer("shared"));
    }
    Set<RenderId> owned = ConcurrentHashMap.newKeySet();
    List<Callable<Integer>> workers = new ArrayList<>();
    for (int w = 0; w < 8; w++) {
      Random random = new Random(w);
      workers.add(() -> {
        List<ClaimOffer> mine = new ArrayList<>(offers);
        Collections.shuffle(mine, random);
        int claimed = 0;
        WorkerId worker = WorkerId.mint();
        for (int from = 0; from < mine.size(); from += 4) {
          List<HeldRender> held = ledger.claim(worker, mine.subList(from, from + 4), LEASE);
          for (HeldRender render : held) {
            assertThat(owned.add(render.render())).isTrue();
            claimed++;
          }
          assertThat(fixture.takenSlots()).isLessThanOrEqualTo(slots);
          for (HeldRender render : held) {
            // Some end at once, so that slots come free while others claim.
            if (render.slotted() && random.nextBoolean()) {
              ledger.end(render, new Ending.Released("test", false, Optional.empty()));
            } else if (!render.slotted()) {
              ledger.takeSlots(List.of(new SlotWish(render, "shared")));
            }
          }
        }
        return claimed;
      });
    }
    int claimed = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Integer> worker : threads.invokeAll(workers)) {
        claimed += worker.get();
      }
    }
    assertThat(claimed).isEqualTo(40);
    assertThat(fixture.outbox.of(RenderClaimed.class)).hasSize(40);
    assertThat(fixture.takenSlots()).isLessThanOrEqualTo(slots);
    assertThat(
            fixture
                .jdbc
                .sql(
                    "select count(*) from slot s join render r on r.render = s.render where r.state <> 'CLAIMED'")
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void aSlotThatComesFreeGoesToAWaitingRender() {
    List<HeldRender> held =
        ledger.claim(self, List.of(offer(ENDPOINT), offer(ENDPOINT), offer(ENDPOINT)), LEASE);
    HeldRender waiting = held.stream().filter(r -> !r.slotted()).findFirst().orElseThrow();
    HeldRender first = held.stream().filter(HeldRender::slotted).findFirst().orElseThrow();

    assertThat(ledger.takeSlots(List.of(new SlotWish(waiting, ENDPOINT)))).isEmpty();
    ledger.end(first, new Ending.Released("test", false, Optional.empty()));

    assertThat(ledger.takeSlots(List.of(new SlotWish(waiting, ENDPOINT))))
        .singleElement()
        .satisfies(r -> assertThat(r.slotted()).isTrue());
  }

  @Test
  void aClosedEndpointGivesNoSlots() {
    ledger.close(ENDPOINT, Duration.ofMinutes(1), "rate_limited");

    assertThat(claimed().slotted()).isFalse();
    assertThat(ledger.board(Set.of(ENDPOINT)).of(ENDPOINT).orElseThrow())
        .satisfies(count -> assertThat(count.takeable()).isZero())
        .satisfies(count -> assertThat(count.closedReason()).contains("rate_limited"));
  }

  @Test
  void nothingIsSubmittedWithoutASlotOrUnderALapsedLease() {
    HeldRender render = claimed();
    HeldRender other = claimed();
    HeldRender without = claimed();
    fixture.lapse(other);

    assertThat(ledger.submitting(without, PLAN, ORIGIN)).isEmpty();
    assertThat(ledger.submitting(other, PLAN, ORIGIN)).isEmpty();
    assertThat(ledger.submitting(render, PLAN, ORIGIN)).isPresent();
    assertThat(ledger.submitting(render, PLAN, ORIGIN)).as("a second intent").isEmpty();
  }

  @Test
  void theOldOwnersWritesAreRefusedAfterATakeOver() {
    HeldRender old = ledger.submitting(claimed(), PLAN, ORIGIN).orElseThrow();
    fixture.lapse(old);
    WorkerId other = WorkerId.mint();

    HeldRender taken = ledger.takeOver(other, Set.of(), LEASE, 10).getFirst();

    assertThat(taken.fence().token()).isGreaterThan(old.fence().token());
    assertThat(taken.quietFrom()).isPresent();
    ProviderJob job = new ProviderJob("video_1", ORIGIN);
    assertThat(ledger.submitted(old, job)).isEmpty();
    assertThat(ledger.unanswered(old)).isEmpty();
    assertThat(ledger.reload(old)).isEmpty();
    assertThat(ledger.end(old, new Ending.Released("test", false, Optional.empty()))).isFalse();
    assertThat(ledger.park(old, "test", Duration.ofMinutes(1))).isFalse();
    assertThat(ledger.renew(self, Set.of(old.render()), LEASE)).isEmpty();
    assertThat(ledger.submitted(taken, job)).isPresent();
    assertThat(fixture.outbox.of(RenderSubmitted.class)).hasSize(1);
  }

  @Test
  void oneOfTwoSweepersTakesOver() {
    HeldRender render = submitted();
    fixture.lapse(render);

    assertThat(ledger.takeOver(self, Set.of(render.render()), LEASE, 10)).isEmpty();
    assertThat(ledger.takeOver(WorkerId.mint(), Set.of(), LEASE, 10)).hasSize(1);
    assertThat(ledger.takeOver(WorkerId.mint(), Set.of(), LEASE, 10)).isEmpty();
  }

  @Test
  void aSlotBelongsToItsRenderUntilThePaidWorkIsDecided() {
    HeldRender render = submitted();
    fixture.lapse(render);
    HeldRender taken = ledger.takeOver(WorkerId.mint(), Set.of(), LEASE, 10).getFirst();
    assertThat(fixture.takenSlots()).isEqualTo(1);

    ledger.rendered(
        taken,
        new HeldRender.Result(
            Optional.empty(), false, java.util.OptionalLong.empty(), Optional.empty()));
    assertThat(fixture.takenSlots()).isZero();
  }

  @Test
  void theTextIsGoneWhenTheRenderEnds() {
    HeldRender render = submitted();
    ledger.end(
        render,
        new Ending.Failed(
            EndpointFailure.of(FailureKind.LOST, Retry.SAME_ENDPOINT_LATER, Billing.UNKNOWN),
            Optional.empty()));

    assertThat(
            fixture
                .jdbc
                .sql("select count(*) from render where job is not null or plan like '%boat%'")
                .query(Integer.class)
                .single())
        .isZero();
    assertThat(fixture.outbox.of(RenderFailed.class))
        .singleElement()
        .satisfies(e -> assertThat(e.getFailure().getCode()).isEqualTo("lost"));
    assertThat(
            ledger.end(
                render,
                new Ending.Failed(
                    EndpointFailure.of(FailureKind.LOST, Retry.NEVER, Billing.NO),
                    Optional.empty())))
        .isFalse();
  }

  @Test
  void illegalEndsDoNotExist() {
    HeldRender render = claimed();
    assertThatThrownBy(
            () -> ledger.end(render, new Ending.Completed(List.of(), List.of(), render.seenAt())))
        .isInstanceOf(IllegalStateException.class);
    HeldRender running = submitted();
    assertThatThrownBy(
            () -> ledger.end(running, new Ending.Released("test", false, Optional.empty())))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anIdThatALivingRenderHasIsNotGivenToAnother() {
    ProviderJob job = new ProviderJob("video_same", ORIGIN);
    HeldRender one = ledger.submitting(claimed(), PLAN, ORIGIN).orElseThrow();
    HeldRender two = ledger.submitting(claimed(), PLAN, ORIGIN).orElseThrow();

    assertThat(ledger.submitted(one, job)).isPresent();
    assertThatThrownBy(() -> ledger.submitted(two, job)).isInstanceOf(JobAlreadyHeld.class);
    assertThat(fixture.state(two)).isEqualTo("SUBMITTING");
  }

  private CancelResult cancel(HeldRender render) {
    return ledger.cancel(render.render(), render.generation(), render.workspace());
  }

  @Test
  void aCancelBeforeTheSubmitEndsTheRenderAndFreesItsSlot() {
    HeldRender render = claimed();

    assertThat(cancel(render)).isEqualTo(CancelResult.CANCELLED);
    assertThat(cancel(render)).isEqualTo(CancelResult.UNCHANGED);
    assertThat(ledger.submitting(render, PLAN, ORIGIN)).isEmpty();
    assertThat(fixture.takenSlots()).isZero();
    assertThat(fixture.outbox.of(RenderCancelled.class))
        .singleElement()
        .satisfies(e -> assertThat(e.getBilling()).isEqualTo("NO"));
  }

  @Test
  void aCancelOfAnUnknownRenderKeepsItsJobFromStarting() {
    var job = Jobs.job("local");
    RenderId id = new RenderId(job.getRender());
    GenerationId generation = new GenerationId(job.getGeneration());

    assertThat(ledger.cancel(id, generation, new WorkspaceId("acme")))
        .isEqualTo(CancelResult.CANCELLED);
    assertThat(ledger.claim(self, List.of(offer(job, ENDPOINT)), LEASE)).isEmpty();
    assertThat(fixture.outbox.of(RenderCancelled.class)).hasSize(1);
    assertThat(fixture.outbox.of(RenderClaimed.class)).isEmpty();
  }

  @Test
  void aCancelAfterTheSubmitIsAskedOfTheHolder() {
    HeldRender render = submitted();

    assertThat(cancel(render)).isEqualTo(CancelResult.REQUESTED);
    assertThat(ledger.reload(render).orElseThrow().cancelRequested()).isTrue();
    assertThat(fixture.outbox.of(RenderCancelled.class)).isEmpty();
  }

  @Test
  void whatIsReleasedAlthoughSomebodyWantsItCancelledIsCancelled() {
    HeldRender render = ledger.submitting(claimed(), PLAN, ORIGIN).orElseThrow();
    cancel(render);

    assertThat(ledger.end(render, new Ending.Released("submit_absent", true, Optional.empty())))
        .isTrue();
    assertThat(fixture.outbox.of(RenderReleased.class)).isEmpty();
    assertThat(fixture.outbox.of(RenderCancelled.class)).hasSize(1);
  }

  @Test
  void aParkedRenderKeepsItsSlotForTheLongestRunAndIsDecidedOnce() {
    HeldRender render = ledger.submitting(claimed(), PLAN, ORIGIN).orElseThrow();
    assertThat(ledger.park(render, "no_client_references", Duration.ofHours(1))).isTrue();
    assertThat(fixture.outbox.of(RenderParked.class)).hasSize(1);
    assertThat(ledger.freeExpiredSlots()).isZero();
    assertThat(fixture.takenSlots()).isEqualTo(1);

    assertThat(ledger.decide(render.render(), "d1", new ParkedDecided.Adopt("video_found")))
        .isTrue();
    assertThat(ledger.decide(render.render(), "d1", new ParkedDecided.DeclareDead())).isFalse();
    HeldRender followed = ledger.takeOver(self, Set.of(), LEASE, 10).getFirst();
    assertThat(followed.state()).isEqualTo(RenderState.SUBMITTED);
    assertThat(followed.provider()).contains(new ProviderJob("video_found", ORIGIN));
  }

  @Test
  void anAnswerThatComesAfterATakeOverOrAParkingIsNotLost() {
    HeldRender sending = submitting();
    fixture.lapse(sending);
    HeldRender taken =
        ledger.takeOver(WorkerId.mint(), Set.of(), LEASE, 10).stream().findFirst().orElseThrow();
    ProviderJob job = new ProviderJob("video_late", ORIGIN);
    assertThat(ledger.submitted(sending, job)).isEmpty();

    assertThat(ledger.answered(sending, job)).isTrue();
    assertThat(ledger.answered(sending, job)).isFalse();
    assertThat(ledger.reload(taken).orElseThrow().provider()).contains(job);
    assertThat(ledger.end(taken, new Ending.Released("submit_absent", true, Optional.empty())))
        .isFalse();

    HeldRender parked = submitting();
    assertThat(ledger.park(parked, "no_client_references", Duration.ofHours(1))).isTrue();
    ProviderJob second = new ProviderJob("video_later", ORIGIN);
    assertThat(ledger.answered(parked, second)).isTrue();
    HeldRender followed =
        await()
            .atMost(Duration.ofSeconds(5))
            .until(
                () -> ledger.takeOver(WorkerId.mint(), Set.of(), LEASE, 10),
                rows -> !rows.isEmpty())
            .getFirst();
    assertThat(followed.provider()).contains(second);
    assertThat(fixture.outbox.of(RenderSubmitted.class)).hasSize(2);
    assertThat(fixture.takenSlots()).isEqualTo(2);
  }

  @Test
  void theSlotOfAParkedRenderIsFreeWhenNothingCanRunThatLong() {
    HeldRender render = ledger.submitting(claimed(), PLAN, ORIGIN).orElseThrow();
    ledger.park(render, "test", Duration.ofMillis(-1));

    assertThat(ledger.freeExpiredSlots()).isEqualTo(1);
    assertThat(fixture.takenSlots()).isZero();
  }

  @Test
  void aParkedRenderDeclaredDeadFails() {
    HeldRender render = ledger.submitting(claimed(), PLAN, ORIGIN).orElseThrow();
    ledger.park(render, "test", Duration.ofHours(1));

    assertThat(ledger.decide(render.render(), "d1", new ParkedDecided.DeclareDead())).isTrue();
    assertThat(fixture.state(render)).isEqualTo("FAILED");
    assertThat(fixture.takenSlots()).isZero();
    assertThat(fixture.outbox.of(RenderFailed.class))
        .singleElement()
        .satisfies(e -> assertThat(e.getFailure().getRetry()).isEqualTo("NEVER"));
  }

  @Test
  void fewerSlotsInTheRegistryTakeEffectWithoutTouchingWhatRuns() {
    claimed();
    claimed();
    ledger.register(ENDPOINT, 1);

    assertThat(fixture.takenSlots()).isEqualTo(2);
    assertThat(ledger.board(Set.of(ENDPOINT)).of(ENDPOINT).orElseThrow().slots()).isEqualTo(1);
    assertThat(claimed().slotted()).isFalse();
  }

  @Test
  void whatStillRunsInASlotThatIsGoneTakesTheRoomOfOneThatIsLeft() {
    HeldRender low = claimed();
    claimed();
    assertThat(ledger.end(low, new Ending.Released("drained", false, Optional.empty()))).isTrue();
    ledger.register(ENDPOINT, 1);

    assertThat(ledger.board(Set.of(ENDPOINT)).of(ENDPOINT).orElseThrow().free()).isZero();
    assertThat(claimed().slotted()).isFalse();
    assertThat(fixture.takenSlots()).isEqualTo(1);
  }

  @Test
  void progressNeverFalls() {
    HeldRender render = submitted();
    HeldRender half = ledger.progressed(render, 50).orElseThrow();
    assertThat(ledger.progressed(half, 40)).isEmpty();
    assertThat(ledger.progressed(half, 50)).isEmpty();
    assertThat(ledger.progressed(half, 51)).isPresent();
  }

  @Test
  void anUnreachableDatabaseIsAnAnswerOfItsOwn() {
    fixture.database.refuse();
    fixture.database.cutConnections();
    try {
      assertThatThrownBy(() -> ledger.board(Set.of(ENDPOINT)))
          .isInstanceOf(LedgerUnavailable.class);
    } finally {
      fixture.database.allow();
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreException(LedgerUnavailable.class)
        .until(() -> ledger.board(Set.of(ENDPOINT)).endpoints().size() == 1);
  }
}
