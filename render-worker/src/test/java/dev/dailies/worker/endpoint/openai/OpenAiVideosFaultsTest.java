package dev.dailies.worker.endpoint.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dailies.contracts.Billing;
import dev.dailies.contracts.FailureKind;
import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.Retry;
import dev.dailies.contracts.event.Operation;
import dev.dailies.worker.endpoint.CancelOutcome;
import dev.dailies.worker.endpoint.ClientReference;
import dev.dailies.worker.endpoint.Direction;
import dev.dailies.worker.endpoint.EndpointCheck;
import dev.dailies.worker.endpoint.FetchOutcome;
import dev.dailies.worker.endpoint.FrameSize;
import dev.dailies.worker.endpoint.Media;
import dev.dailies.worker.endpoint.ModelEndpoint;
import dev.dailies.worker.endpoint.Negotiation;
import dev.dailies.worker.endpoint.Output;
import dev.dailies.worker.endpoint.Plan;
import dev.dailies.worker.endpoint.PollOutcome;
import dev.dailies.worker.endpoint.ProviderJob;
import dev.dailies.worker.endpoint.ReconcileOutcome;
import dev.dailies.worker.endpoint.RenderRequest;
import dev.dailies.worker.endpoint.Sound;
import dev.dailies.worker.endpoint.SubmitContext;
import dev.dailies.worker.endpoint.SubmitOutcome;
import dev.dailies.worker.fixture.Definitions;
import dev.dailies.worker.fixture.FakeModelServer;
import dev.dailies.worker.fixture.FakeModelServer.Content;
import dev.dailies.worker.fixture.FakeModelServer.Create;
import dev.dailies.worker.fixture.Jobs;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OpenAiVideosFaultsTest {
  private final FakeModelServer server = FakeModelServer.start();
  private final ModelEndpoint endpoint = OpenAiVideos.of(Definitions.at(server.address()));
  private final ClientReference reference = ClientReference.of(RenderId.mint());

  @AfterEach
  void close() {
    endpoint.close();
    server.close();
  }

  private static RenderRequest request(Sound sound) {
    return new RenderRequest(
        Jobs.MODEL,
        Operation.GENERATE,
        "a \"quoted\" boat\nat dawn",
        Optional.of("rain"),
        new FrameSize(640, 360),
        Duration.ofMillis(1500),
        sound,
        OptionalLong.empty(),
        List.of(),
        Optional.empty(),
        Direction.NONE);
  }

  private SubmitOutcome submit() {
    Plan plan = ((Negotiation.Agreed) endpoint.negotiate(request(Sound.NONE))).plan();
    return endpoint.submit(plan, new SubmitContext(reference, () -> true, Optional.empty()));
  }

  private EndpointFailureOf rejected() {
    return new EndpointFailureOf(((SubmitOutcome.Rejected) submit()).failure());
  }

  private record EndpointFailureOf(dev.dailies.worker.endpoint.EndpointFailure failure) {
    void is(FailureKind kind, Retry retry) {
      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure.retry()).isEqualTo(retry);
      assertThat(failure.billing()).isEqualTo(Billing.NO);
      assertThat(failure.toString()).doesNotContain("secret");
    }
  }

  @Test
  void theCreateSaysWhatTheFormatWants() {
    submit();
    var body = server.journal().getFirst().body();
    assertThat(body.path("seconds").stringValue()).isEqualTo("1.5");
    assertThat(body.path("size").stringValue()).isEqualTo("640x360");
    assertThat(body.path("client_reference").stringValue()).isEqualTo(reference.value());
    assertThat(body.path("prompt").stringValue()).isEqualTo("a \"quoted\" boat\nat dawn");
    assertThat(body.path("negative_prompt").stringValue()).isEqualTo("rain");
    assertThat(body.path("generate_sound").booleanValue()).isFalse();
    assertThat(body.has("seed")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "FAULT_BEFORE_ACCEPT",
        "FAULT_AFTER_ACCEPT",
        "RESET_BEFORE_ACCEPT",
        "RESET_AFTER_ACCEPT",
        "HANG_AFTER_ACCEPT",
        "NO_ID",
        "LONG_ID"
      })
  void whateverLeavesItOpenIsUnknownAndIsSentOnce(Create behaviour) {
    server.next(behaviour);
    assertThat(submit()).isInstanceOf(SubmitOutcome.Unknown.class);
    assertThat(server.posts()).isEqualTo(1);
  }

  @Test
  void aReusedConnectionThatBreaksIsNotRepeatedEither() {
    submit();
    server.next(Create.RESET_BEFORE_ACCEPT);
    assertThat(submit()).isInstanceOf(SubmitOutcome.Unknown.class);
    assertThat(server.posts()).isEqualTo(2);
  }

  @Test
  void tooManySaysWhenToComeBack() {
    server.next(Create.TOO_MANY);
    EndpointFailureOf failure = rejected();
    failure.is(FailureKind.RATE_LIMITED, Retry.SAME_ENDPOINT_LATER);
    assertThat(failure.failure().retryAfter()).contains(Duration.ofSeconds(1));
  }

  @Test
  void aRefusalByModerationIsOne() {
    server.next(Create.REFUSE);
    rejected().is(FailureKind.MODERATION_INPUT, Retry.AFTER_CHANGE);
  }

  @Test
  void anInvalidRequestIsOne() {
    server.next(Create.INVALID);
    rejected().is(FailureKind.INVALID_INPUT, Retry.AFTER_CHANGE);
  }

  @Test
  void aServerThatIsNotThereWasNotSentTo() {
    server.close();
    assertThat(submit()).isInstanceOf(SubmitOutcome.NotSent.class);
    assertThat(endpoint.check()).isInstanceOf(EndpointCheck.Down.class);
  }

  private ProviderJob job() {
    return ((SubmitOutcome.Accepted) submit()).job();
  }

  @Test
  void aFailedJobSaysWhyByCodeOnly() {
    server.failNext("content_filter");
    assertThat(endpoint.poll(job(), reference))
        .isInstanceOfSatisfying(
            PollOutcome.Failed.class,
            failed -> {
              assertThat(failed.failure().kind()).isEqualTo(FailureKind.MODERATION_OUTPUT);
              assertThat(failed.failure().billing()).isEqualTo(Billing.YES);
              assertThat(failed.toString()).doesNotContain("secret");
            });
    server.failNext("RuntimeError: CUDA out of memory for prompt 'a boat'");
    assertThat(endpoint.poll(job(), reference))
        .isInstanceOfSatisfying(
            PollOutcome.Failed.class,
            failed -> {
              assertThat(failed.failure().kind()).isEqualTo(FailureKind.INTERNAL);
              assertThat(failed.failure().vendorCode()).isEmpty();
            });
  }

  @Test
  void aServerInTroubleLeavesAJobPending() {
    ProviderJob job = job();
    server.down(true);
    assertThat(endpoint.poll(job, reference))
        .isInstanceOfSatisfying(
            PollOutcome.Pending.class,
            pending -> assertThat(pending.trouble()).contains("http_503"));
    assertThat(endpoint.reconcile(reference, endpoint.origin()))
        .isEqualTo(new ReconcileOutcome.Undecidable("listing_http_503", true));
    assertThat(endpoint.check()).isEqualTo(new EndpointCheck.Down("http_503"));
  }

  @Test
  void aServerThatWillNotStopAJobSaysSo() {
    server.withoutCancel().renderTime(Duration.ofMinutes(1));
    assertThat(endpoint.cancel(job())).isEqualTo(new CancelOutcome.Refused("http_409"));
  }

  @Test
  void absenceIsNotProvenWithoutClientReferences() {
    server.withoutReferences();
    submit();
    try (ModelEndpoint other = OpenAiVideos.of(Definitions.at(server.address(), false))) {
      assertThat(other.reconcile(reference, other.origin()))
          .isEqualTo(new ReconcileOutcome.Undecidable("no_client_references", false));
    }
  }

  @Test
  void absenceIsNotProvenWithoutAListing() {
    server.withoutListing();
    assertThat(endpoint.reconcile(reference, endpoint.origin()))
        .isEqualTo(new ReconcileOutcome.Undecidable("listing_http_404", false));
  }

  @Test
  void twoJobsWithOneReferenceAreForAPersonToDecide() {
    submit();
    submit();
    assertThat(endpoint.reconcile(reference, endpoint.origin()))
        .isEqualTo(new ReconcileOutcome.Undecidable("ambiguous", false));
  }

  @Test
  void aJobWhoseIdCanBeNoneIsForAPersonToDecide() {
    server.next(Create.LONG_ID);
    submit();
    assertThat(endpoint.reconcile(reference, endpoint.origin()))
        .isEqualTo(new ReconcileOutcome.Undecidable("listed_without_id", false));
  }

  @Test
  void anIdThatTheServerHasGivenToAnotherJobIsLost() {
    ProviderJob job = job();
    assertThat(endpoint.poll(job, ClientReference.of(RenderId.mint())))
        .isInstanceOf(PollOutcome.Lost.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"cost\":{\"amount\":1e25,\"currency\":\"USD\"}",
        "\"cost\":{\"amount\":\"1e999999999\",\"currency\":\"USD\"}",
        "\"cost\":{\"amount\":1e999999999,\"currency\":\"USD\"}",
        "\"cost\":{\"amount\":1,\"currency\":\"a few dollars\"}",
        "\"cost\":{\"amount\":-1,\"currency\":\"USD\"}",
        "\"usage\":{\"cost\":\"free\"},\"model_version\":\"a secret\\u0000text\""
      })
  void factsThatCantBeAreNone(String told) {
    server.cost(told);
    assertThat(endpoint.poll(job(), reference))
        .isInstanceOfSatisfying(
            PollOutcome.Succeeded.class,
            done -> {
              assertThat(done.charge()).isEmpty();
              assertThat(done.modelVersion()).isEmpty();
            });
  }

  private FetchOutcome fetch() {
    ProviderJob job = job();
    Output output = ((PollOutcome.Succeeded) endpoint.poll(job, reference)).outputs().getFirst();
    return endpoint.fetch(job, output);
  }

  @Test
  void aTruncatedResultBreaksTheStream() throws IOException {
    server.content(Content.TRUNCATE);
    try (Media media = ((FetchOutcome.Opened) fetch()).media()) {
      assertThatThrownBy(() -> media.content().readAllBytes()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aResultThatStallsIsGivenUp() throws IOException {
    server.content(Content.STALL);
    try (Media media = ((FetchOutcome.Opened) fetch()).media()) {
      assertThatThrownBy(() -> media.content().readAllBytes())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no byte came");
    }
  }

  @Test
  void aResultThatIsNotThereAnyMoreIsGone() {
    server.content(Content.GONE);
    assertThat(fetch()).isInstanceOf(FetchOutcome.Gone.class);
  }
}
