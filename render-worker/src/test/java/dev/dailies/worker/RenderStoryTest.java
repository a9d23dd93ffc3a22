package dev.dailies.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dailies.contracts.Topic;
import dev.dailies.contracts.event.CostBasis;
import dev.dailies.contracts.event.DrainWorker;
import dev.dailies.contracts.event.EndpointHealth;
import dev.dailies.contracts.event.Operation;
import dev.dailies.contracts.event.ParkedDecision;
import dev.dailies.contracts.event.ParkedRenderDecided;
import dev.dailies.contracts.event.RenderCancelled;
import dev.dailies.contracts.event.RenderCompleted;
import dev.dailies.contracts.event.RenderFailed;
import dev.dailies.contracts.event.RenderJob;
import dev.dailies.contracts.event.RenderParked;
import dev.dailies.contracts.event.RenderReleased;
import dev.dailies.contracts.event.RenderSubmitted;
import dev.dailies.contracts.event.Source;
import dev.dailies.contracts.event.SourceRole;
import dev.dailies.contracts.event.SpecificationForm;
import dev.dailies.contracts.event.WorkerHeartbeat;
import dev.dailies.testkit.TestBroker;
import dev.dailies.testkit.TestTopics;
import dev.dailies.vault.AssetVault;
import dev.dailies.vault.ObjectKey;
import dev.dailies.vault.VaultObject;
import dev.dailies.worker.fixture.FakeModelServer;
import dev.dailies.worker.fixture.FakeModelServer.Content;
import dev.dailies.worker.fixture.FakeModelServer.Create;
import dev.dailies.worker.fixture.Jobs;
import dev.dailies.worker.fixture.Wire;
import dev.dailies.worker.fixture.Workers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ConfigurableApplicationContext;

/** One worker, from a job on the queue to its end. */
@Timeout(90)
class RenderStoryTest {
  /** A model whose endpoint proves nothing by its listing. */
  private static final String DEAF = "deaf-1";

  /** A model whose endpoint runs nothing for longer than a second and a half. */
  private static final String MORTAL = "mortal-1";

  private static final Wire wire = new Wire();
  private static Workers workers;
  private static ConfigurableApplicationContext worker;
  private FakeModelServer server;

  @BeforeAll
  static void start() {
    workers =
        new Workers("story", FakeModelServer.start())
            .registry(
                List.of(
                    new Workers.Entry(
                        "fake", Jobs.MODEL, 2, true, "5m", "[generate, remix, edit, extend]"),
                    new Workers.Entry("deaf", DEAF, 4, false, "5m"),
                    new Workers.Entry("mortal", MORTAL, 2, true, "1500ms")));
    worker = workers.startOne();
  }

  @AfterAll
  static void stop() {
    workers.close();
  }

  @BeforeEach
  void calm() {
    server = workers.server().behave();
    workers.store().pass();
  }

  private static RenderJob release() {
    return release(Jobs.MODEL);
  }

  private static RenderJob release(String model) {
    return wire.release(Jobs.builder("story").setEndpointModel(model).build());
  }

  @Test
  void aJobBecomesAStoredResult() throws Exception {
    server.clip(FakeModelServer.clip(3, 6_000_000)).renderTime(Duration.ofMillis(300));
    RenderJob job = release();

    RenderCompleted done = wire.await(job, RenderCompleted.class);

    assertThat(wire.story(job))
        .containsExactly("RenderClaimed", "RenderSubmitted", "RenderCompleted");
    assertThat(server.paid(job.getRender())).isEqualTo(1);
    assertThat(server.journal().getLast().traceParent()).contains(Wire.TRACE);
    assertThat(done.getSeedUsed()).contains(7L);
    assertThat(done.getCost().orElseThrow().getBasis()).isEqualTo(CostBasis.REPORTED);
    assertThat(done.getCancelledTooLate()).isFalse();
    assertThat(done.getEffective().getOutput()).isEqualTo(job.getForm().getOutput());
    var stored = done.getOutputs().getFirst().getObject();
    assertThat(stored.getKey())
        .isEqualTo("acme/renders/%s/%s/0.mp4".formatted(job.getGeneration(), job.getRender()));
    assertThat(stored.getSize()).isEqualTo(6_000_000);
    assertThat(stored.getSha256())
        .isEqualTo(
            HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(server.clip())));
    try (VaultObject object =
        worker.getBean(AssetVault.class).open(new ObjectKey(stored.getKey()))) {
      assertThat(object.stream().readAllBytes()).isEqualTo(server.clip());
    }
    server.clip(FakeModelServer.clip(1, 20_000));
    assertThat(column("select count(*) from render where job is not null")).isEqualTo("0");
    var trace =
        wire.topics()
            .await(
                Topic.RENDER_EVENTS.topicName(),
                r -> new String(r.value(), StandardCharsets.ISO_8859_1).contains(job.getRender()));
    assertThat(TestTopics.header(trace, "workspace")).isEqualTo("acme");
  }

  /** A job that works on what that render made. */
  private static RenderJob.Builder working(Operation operation, RenderCompleted parent) {
    RenderJob.Builder job = Jobs.builder("story");
    return job.setForm(
            SpecificationForm.newBuilder(job.getForm())
                .setOperation(operation)
                .setSources(
                    List.of(
                        Source.newBuilder()
                            .setId(parent.getGeneration())
                            .setRole(SourceRole.SOURCE)
                            .build()))
                .build())
        .setInputs(List.of(parent.getOutputs().getFirst().getObject()))
        .setParentEndpoint(parent.getEndpoint())
        .setParentVendorId(parent.getVendorId())
        .setParentLengthMillis(3000L);
  }

  @Test
  void workOnAVideoGoesToTheEndpointThatMadeItAndIsPaidOnce() {
    RenderCompleted parent = wire.await(release(), RenderCompleted.class);
    int contents = server.journal().size();

    server.next(Create.RESET_AFTER_ACCEPT);
    RenderJob remix = wire.release(working(Operation.REMIX, parent).build());
    wire.await(remix, RenderCompleted.class);
    RenderJob longer = wire.release(working(Operation.EXTEND, parent).build());
    RenderCompleted extended = wire.await(longer, RenderCompleted.class);

    assertThat(server.journal().subList(contents, contents + 2))
        .extracting(FakeModelServer.Accepted::path)
        .containsExactly("/v1/videos/" + parent.getVendorId() + "/remix", "/v1/videos/extensions");
    assertThat(server.paid(remix.getRender())).isEqualTo(1);
    // Four seconds in all, of which three were there.
    assertThat(server.journal().getLast().body().path("seconds").asString()).isEqualTo("1");
    assertThat(extended.getEffective().getOutput().getLengthMillis()).isEqualTo(4000);
    assertThat(wire.await(longer, RenderSubmitted.class).getEstimate().orElseThrow().getAmount())
        .isEqualByComparingTo("0.01");
  }

  @Test
  void whatTheEndpointHasForgottenIsTakenAlongByTheNextAttempt() {
    RenderCompleted parent = wire.await(release(), RenderCompleted.class);
    server.forget();

    RenderFailed lost =
        wire.await(wire.release(working(Operation.EDIT, parent).build()), RenderFailed.class);
    RenderJob again = wire.release(working(Operation.EDIT, parent).setAttempt(2).build());
    wire.await(again, RenderCompleted.class);

    assertThat(lost.getFailure().getKind()).isEqualTo("LOST");
    assertThat(lost.getFailure().getRetry()).isEqualTo("SAME_ENDPOINT_LATER");
    assertThat(lost.getFailure().getBilling()).isEqualTo("NO");
    assertThat(server.journal().getLast().path()).isEqualTo("/v1/videos/edits");
    assertThat(server.journal().getLast().body().path("video").asString())
        .isEqualTo(new String(server.clip(), StandardCharsets.UTF_8));
    assertThat(server.paid(again.getRender())).isEqualTo(1);
  }

  @Test
  void aRemixThatNobodyCanMakeFailsAndIsNeverAPlainCreate() {
    RenderCompleted parent = wire.await(release(), RenderCompleted.class);
    int paid = server.journal().size();
    RenderJob elsewhere = working(Operation.REMIX, parent).setParentEndpoint("long-gone").build();
    RenderJob unable = working(Operation.LOOP, parent).build();
    server.forget();
    RenderJob forgotten = working(Operation.REMIX, parent).build();

    var master = parent.getOutputs().getFirst().getObject();
    RenderJob withMore =
        working(Operation.REMIX, parent).setInputs(List.of(master, master)).build();
    assertThat(wire.await(wire.release(withMore), RenderFailed.class).getFailure().getKind())
        .isEqualTo("UNSUPPORTED");
    for (RenderJob job : List.of(elsewhere, unable, forgotten)) {
      RenderFailed failed = wire.await(wire.release(job), RenderFailed.class);
      assertThat(failed.getFailure().getKind()).isEqualTo("UNSUPPORTED");
      assertThat(failed.getFailure().getRetry()).isEqualTo("NEVER");
    }
    assertThat(server.journal()).hasSize(paid);
  }

  @Test
  void aJobThatComesThreeTimesIsPaidOnce() {
    RenderJob job = Jobs.job("story");
    wire.release(job);
    wire.release(job);
    wire.await(job, RenderCompleted.class);
    wire.release(job);
    RenderJob last = release();
    wire.await(last, RenderCompleted.class);

    assertThat(wire.story(job))
        .containsExactly("RenderClaimed", "RenderSubmitted", "RenderCompleted");
    assertThat(server.paid(job.getRender())).isEqualTo(1);
  }

  @Test
  void brokenJobsAreParkedAndTheNextOneIsRendered() {
    RenderJob first = release();
    wire.bytes("story", "not a job".getBytes(StandardCharsets.UTF_8));
    wire.topics()
        .record(
            Topic.jobs("story"),
            "key",
            dev.dailies.contracts.EventCodec.encode(Jobs.job("another-pool")),
            java.util.Map.of());
    RenderJob last = release();

    wire.await(first, RenderCompleted.class);
    wire.await(last, RenderCompleted.class);
    var parked =
        wire.topics()
            .awaitAll(
                Topic.deadLetter(Topic.jobs("story")),
                all -> all.size() >= 2,
                Duration.ofSeconds(20));
    assertThat(parked).hasSize(2);
    assertThat(TestTopics.header(parked.getFirst(), "workspace")).isEqualTo("acme");
    assertThat(parked)
        .extracting(r -> TestTopics.header(r, "dailies-parked-reason"))
        .containsExactlyInAnyOrder("malformed", "invalid");
  }

  @Test
  void tooManyClosesTheEndpointAndGivesTheJobBack() {
    server.next(Create.TOO_MANY);
    RenderJob job = release();
    RenderReleased released = wire.await(job, RenderReleased.class);

    assertThat(released.getReason()).isEqualTo("rate_limited");
    assertThat(released.getCounts()).isFalse();
    assertThat(released.getNotBefore().orElseThrow()).isAfter(Instant.now().minusSeconds(5));
    assertThat(server.paid(job.getRender())).isZero();
    RenderJob next = release();
    wire.await(next, RenderCompleted.class);
    RenderSubmitted submitted = wire.await(next, RenderSubmitted.class);
    assertThat(submitted.getEnvelope().getOccurredAt())
        .isAfterOrEqualTo(released.getNotBefore().orElseThrow().minusMillis(50));
  }

  @Test
  void aRefusalIsAFailureThatNoOtherAttemptHelps() {
    server.next(Create.REFUSE);
    RenderFailed failed = wire.await(release(), RenderFailed.class);
    assertThat(failed.getFailure().getKind()).isEqualTo("MODERATION_INPUT");
    assertThat(failed.getFailure().getBilling()).isEqualTo("NO");
  }

  @Test
  void anAnswerThatIsLostIsFoundByReference() {
    for (Create behaviour :
        List.of(Create.RESET_AFTER_ACCEPT, Create.FAULT_AFTER_ACCEPT, Create.HANG_AFTER_ACCEPT)) {
      server.next(behaviour);
      RenderJob job = release();
      wire.await(job, RenderCompleted.class);
      assertThat(server.paid(job.getRender())).as(behaviour.name()).isEqualTo(1);
    }
  }

  @Test
  void aCreateThatNeverArrivedIsReleased() {
    server.next(Create.RESET_BEFORE_ACCEPT);
    RenderJob job = release();
    RenderReleased released = wire.await(job, RenderReleased.class);
    assertThat(released.getReason()).isEqualTo("submit_absent");
    assertThat(server.paid(job.getRender())).isZero();
  }

  @Test
  void aForgottenJobIsLost() {
    server.renderTime(Duration.ofMinutes(1));
    RenderJob job = release();
    wire.await(job, RenderSubmitted.class);
    server.forget();

    RenderFailed failed = wire.await(job, RenderFailed.class);
    assertThat(failed.getFailure().getKind()).isEqualTo("LOST");
    assertThat(failed.getFailure().getBilling()).isEqualTo("UNKNOWN");
  }

  @Test
  void aRunningRenderIsStoppedAtItsEndpoint() {
    server.renderTime(Duration.ofMinutes(1));
    RenderJob job = release();
    wire.await(job, RenderSubmitted.class);
    int before = server.deletes();
    wire.cancel(job);

    wire.await(job, RenderCancelled.class);
    assertThat(server.deletes()).isEqualTo(before + 1);
    assertThat(wire.story(job))
        .containsExactly("RenderClaimed", "RenderSubmitted", "RenderCancelled");
  }

  @Test
  void aRenderThatWaitsForASlotIsCancelledWithoutBeingSubmitted() {
    server.renderTime(Duration.ofMinutes(1));
    RenderJob one = release();
    RenderJob two = release();
    wire.await(one, RenderSubmitted.class);
    wire.await(two, RenderSubmitted.class);
    RenderJob waiting = release();
    wire.await(waiting, dev.dailies.contracts.event.RenderClaimed.class);

    wire.cancel(waiting);
    RenderCancelled cancelled = wire.await(waiting, RenderCancelled.class);
    assertThat(cancelled.getBilling()).isEqualTo("NO");
    assertThat(server.paid(waiting.getRender())).isZero();
    wire.cancel(one);
    wire.cancel(two);
    wire.await(one, RenderCancelled.class);
    wire.await(two, RenderCancelled.class);
  }

  @Test
  void aCancelThatComesBeforeItsJobKeepsItFromStarting() {
    RenderJob job = Jobs.job("story");
    wire.cancel(job);
    wire.await(job, RenderCancelled.class);
    wire.release(job);
    wire.await(release(), RenderCompleted.class);

    assertThat(wire.story(job)).containsExactly("RenderCancelled");
    assertThat(server.paid(job.getRender())).isZero();
  }

  @Test
  void aResultWaitsWhileTheStoreIsDown() {
    workers.store().refuse();
    workers.store().cut();
    RenderJob job = release();
    wire.await(job, RenderSubmitted.class);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            column("select state from render where render = '" + job.getRender() + "'")
                .equals("RENDERED"));
    await()
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(3))
        .until(() ->
            column("select state from render where render = '" + job.getRender() + "'")
                .equals("RENDERED"));
    // The paid work is over, so the slot is free although nothing is stored.
    assertThat(column("select count(*) from slot where render = '" + job.getRender() + "'"))
        .isEqualTo("0");

    workers.store().pass();
    wire.await(job, RenderCompleted.class);
    assertThat(server.paid(job.getRender())).isEqualTo(1);
  }

  @Test
  void aResultThatBreaksOffIsFetchedAgain() {
    server.content(Content.TRUNCATE);
    RenderJob job = release();
    wire.await(job, RenderSubmitted.class);
    int before = server.contentRequests();
    await().atMost(Duration.ofSeconds(20)).until(() -> server.contentRequests() > before);
    server.content(Content.STALL);
    int stalled = server.contentRequests();
    await().atMost(Duration.ofSeconds(20)).until(() -> server.contentRequests() > stalled + 1);
    server.content(Content.GIVE);

    RenderCompleted done = wire.await(job, RenderCompleted.class);
    assertThat(done.getOutputs().getFirst().getObject().getSize()).isEqualTo(server.clip().length);
    assertThat(server.paid(job.getRender())).isEqualTo(1);
  }

  @Test
  void aResultIsNotGivenUpForOneStumbleAfterALongOutageOfTheStore() {
    workers.store().refuse();
    workers.store().cut();
    RenderJob job = release(MORTAL);
    wire.await(job, RenderSubmitted.class);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            column("select state from render where render = '" + job.getRender() + "'")
                .equals("RENDERED"));
    // Longer than this endpoint's longest run.
    await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
    server.content(Content.TRUNCATE);
    int before = server.contentRequests();
    workers.store().pass();
    await().atMost(Duration.ofSeconds(20)).until(() -> server.contentRequests() > before);
    server.content(Content.GIVE);

    wire.await(job, RenderCompleted.class);
    assertThat(wire.story(job))
        .containsExactly("RenderClaimed", "RenderSubmitted", "RenderCompleted");
  }

  @Test
  void whatAnEndpointTellsNeedNotMakeSense() {
    server.cost(
        "\"cost\":{\"amount\":1e25,\"currency\":\"%s\"},\"model_version\":\"a\\u0000%s\""
            .formatted("x".repeat(2_000_000), "b".repeat(1_000_000)));
    RenderCompleted done = wire.await(release(), RenderCompleted.class);
    assertThat(done.getCost().orElseThrow().getBasis()).isEqualTo(CostBasis.COMPUTED);
    assertThat(done.getModelVersion()).isEmpty();
  }

  @Test
  void theLedgerMayBeAwayWhileARenderRuns() {
    server.renderTime(Duration.ofSeconds(1));
    RenderJob job = release();
    wire.await(job, RenderSubmitted.class);
    workers.database().refuse();
    workers.database().cutConnections();
    try {
      await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
    } finally {
      workers.database().allow();
    }
    wire.await(job, RenderCompleted.class);
    assertThat(server.paid(job.getRender())).isEqualTo(1);
    wire.await(release(), RenderCompleted.class);
  }

  @Test
  void whatNobodyCanTellIsParkedUntilAPersonDecides() {
    server.withoutReferences().next(Create.RESET_AFTER_ACCEPT);
    RenderJob job = release(DEAF);
    RenderParked parked = wire.await(job, RenderParked.class);

    assertThat(parked.getReason()).isEqualTo("no_client_references");
    assertThat(parked.getAtRisk().orElseThrow().getAmount()).isEqualByComparingTo("0.04");
    String vendorId = server.journal().getLast().id();
    wire.control(
        job.getRender(),
        ParkedRenderDecided.newBuilder()
            .setEnvelope(Wire.envelope("render", job.getRender()))
            .setPool("story")
            .setRender(job.getRender())
            .setDecision(ParkedDecision.ADOPT)
            .setVendorId(vendorId)
            .build());
    assertThat(wire.await(job, RenderCompleted.class).getVendorId()).isEqualTo(vendorId);
    assertThat(server.paid(job.getRender())).isEqualTo(1);
  }

  @Test
  void anIdThatIsGivenTwiceIsParked() {
    server.renderTime(Duration.ofSeconds(3)).next(Create.ACCEPT, Create.SAME_ID_AS_LAST);
    RenderJob first = release(DEAF);
    wire.await(first, RenderSubmitted.class);
    RenderJob second = release(DEAF);
    assertThat(wire.await(second, RenderParked.class).getReason()).isEqualTo("job_id_given_twice");
    // What stands under the id now is the second one's video.
    assertThat(wire.await(first, RenderFailed.class).getFailure().getKind()).isEqualTo("LOST");
  }

  @Test
  void aCancelThatComesTooLateKeepsTheResultAndSaysSo() {
    server.withoutCancel().renderTime(Duration.ofSeconds(2));
    RenderJob job = release();
    wire.await(job, RenderSubmitted.class);
    wire.cancel(job);

    RenderCompleted done = wire.await(job, RenderCompleted.class);
    assertThat(done.getCancelledTooLate()).isTrue();
    assertThat(server.deletes()).isPositive();
    assertThat(wire.said(job)).noneMatch(RenderCancelled.class::isInstance);
  }

  @Test
  void aRenderThatNeverEndsIsStopped() {
    server.renderTime(Duration.ofMinutes(5));
    int before = server.deletes();
    RenderFailed failed = wire.await(release(MORTAL), RenderFailed.class);

    assertThat(failed.getFailure().getKind()).isEqualTo("TIMEOUT");
    assertThat(server.deletes()).isEqualTo(before + 1);
  }

  @Test
  void theBrokerMayDieWhileARenderRuns() {
    server.renderTime(Duration.ofSeconds(2));
    RenderJob job = release();
    wire.await(job, RenderSubmitted.class);
    TestBroker.shared().kill();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            column("select state from render where render = '" + job.getRender() + "'")
                .equals("COMPLETED"));
    TestBroker.shared().start();

    wire.await(job, RenderCompleted.class);
    wire.await(release(), RenderCompleted.class);
    assertThat(server.paid(job.getRender())).isEqualTo(1);
  }

  @Test
  void heartbeatsTellSlotsAndHealth() {
    String self = worker.getBean(dev.dailies.contracts.WorkerId.class).value();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            beats(self).stream()
                .anyMatch(beat ->
                    beat.getClaiming()
                        && beat.getEndpoints().getFirst().getSlots() == 2
                        && beat.getEndpoints().getFirst().getHealth() == EndpointHealth.UP));
    server.down(true);
    try {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() ->
              beats(self).stream()
                  .anyMatch(beat ->
                      beat.getEndpoints().getFirst().getHealth() == EndpointHealth.DOWN
                          && beat.getEndpoints().getFirst().getFree() == 0
                          && beat.getEndpoints()
                              .getFirst()
                              .getReason()
                              .filter("http_503"::equals)
                              .isPresent()));
    } finally {
      server.down(false);
    }
    wire.await(release(), RenderCompleted.class);
  }

  @Test
  void aDrainOfAnotherWorkerIsNotOurs() {
    String other = dev.dailies.contracts.WorkerId.mint().value();
    wire.control(
        other,
        DrainWorker.newBuilder()
            .setEnvelope(Wire.envelope("worker", other))
            .setWorker(other)
            .build());
    wire.await(release(), RenderCompleted.class);
  }

  private static List<WorkerHeartbeat> beats(String self) {
    return wire.all(Topic.WORKER_HEARTBEATS, WorkerHeartbeat.class).stream()
        .filter(beat -> beat.getWorker().equals(self))
        .toList();
  }

  private static String column(String sql) {
    try (Connection connection = workers.database().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
