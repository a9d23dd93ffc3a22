package dev.dailies.worker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dailies.contracts.RenderId;
import dev.dailies.contracts.event.Operation;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every adapter of {@link ModelEndpoint} keeps, with a server that keeps its own contract. */
@Timeout(60)
public abstract class ModelEndpointContract {
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  /** The adapter, on a server that renders. */
  protected abstract ModelEndpoint endpoint();

  /** A model that the server runs. */
  protected abstract String model();

  /** How many creates with this reference the server has taken, by its own account. */
  protected abstract long paid(ClientReference reference);

  /** From now on renders take longer than any test. */
  protected abstract void renderSlowly();

  protected final RenderRequest request() {
    return new RenderRequest(
        model(),
        Operation.GENERATE,
        "a red boat at dawn",
        Optional.empty(),
        new FrameSize(160, 90),
        Duration.ofSeconds(1),
        Sound.MODEL_DEFAULT,
        OptionalLong.of(7),
        List.of(),
        Optional.empty(),
        Direction.NONE);
  }

  protected final Plan plan() {
    return switch (endpoint().negotiate(request())) {
      case Negotiation.Agreed agreed -> agreed.plan();
      case Negotiation.Unsupported no -> throw new AssertionError(no.reason());
    };
  }

  protected final ClientReference reference() {
    return ClientReference.of(RenderId.mint());
  }

  protected final SubmitContext context(ClientReference reference) {
    return new SubmitContext(reference, () -> true, Optional.of(TRACE));
  }

  protected final ProviderJob submit(ClientReference reference) {
    SubmitOutcome outcome = endpoint().submit(plan(), context(reference));
    assertThat(outcome).isInstanceOf(SubmitOutcome.Accepted.class);
    return ((SubmitOutcome.Accepted) outcome).job();
  }

  private PollOutcome.Succeeded finished(ProviderJob job, ClientReference reference) {
    return (PollOutcome.Succeeded)
        await()
            .atMost(Duration.ofSeconds(30))
            .pollInterval(Duration.ofMillis(50))
            .until(() -> endpoint().poll(job, reference), PollOutcome.Succeeded.class::isInstance);
  }

  @Test
  void oneSubmitIsOneCreate() {
    ClientReference reference = reference();
    submit(reference);
    assertThat(paid(reference)).isEqualTo(1);
  }

  @Test
  void anAcceptedJobIsFollowedToItsResult() throws IOException {
    ClientReference reference = reference();
    ProviderJob job = submit(reference);
    PollOutcome.Succeeded done = finished(job, reference);

    assertThat(done.outputs()).hasSize(1);
    assertThat(done.seed()).hasValue(7);
    assertThat(done.charge()).isPresent();
    FetchOutcome fetched = endpoint().fetch(job, done.outputs().getFirst());
    assertThat(fetched).isInstanceOf(FetchOutcome.Opened.class);
    try (Media media = ((FetchOutcome.Opened) fetched).media()) {
      byte[] bytes = media.content().readAllBytes();
      assertThat(bytes).hasSizeGreaterThan(1000);
      assertThat(new String(bytes, 4, 4, java.nio.charset.StandardCharsets.US_ASCII))
          .isEqualTo("ftyp");
    }
  }

  @Test
  void aJobThatIsNotThereIsLost() {
    assertThat(
            endpoint().poll(new ProviderJob("video_never_was", endpoint().origin()), reference()))
        .isInstanceOf(PollOutcome.Lost.class);
  }

  @Test
  void aRunningJobCanBeStopped() {
    renderSlowly();
    ClientReference reference = reference();
    ProviderJob job = submit(reference);
    assertThat(endpoint().poll(job, reference)).isInstanceOf(PollOutcome.Pending.class);

    assertThat(endpoint().cancel(job)).isInstanceOf(CancelOutcome.Cancelled.class);
    assertThat(endpoint().poll(job, reference))
        .isInstanceOfAny(PollOutcome.Lost.class, PollOutcome.Cancelled.class);
  }

  @Test
  void aCreateIsFoundAgainByItsReferenceAmongOthers() {
    renderSlowly();
    submit(reference());
    ClientReference wanted = reference();
    ProviderJob job = submit(wanted);
    submit(reference());

    assertThat(endpoint().reconcile(wanted, endpoint().origin()))
        .isEqualTo(new ReconcileOutcome.Found(job));
  }

  @Test
  void aCreateThatNeverWasIsAbsent() {
    submit(reference());
    assertThat(endpoint().reconcile(reference(), endpoint().origin()))
        .isInstanceOf(ReconcileOutcome.Absent.class);
  }

  @Test
  void withoutAPermitNothingIsSent() {
    ClientReference reference = reference();
    SubmitOutcome outcome =
        endpoint().submit(plan(), new SubmitContext(reference, () -> false, Optional.empty()));

    assertThat(outcome).isInstanceOf(SubmitOutcome.NotSent.class);
    assertThat(paid(reference)).isZero();
  }

  @Test
  void anUnreachableServerIsAnAnswer() {
    ProviderJob elsewhere = new ProviderJob("video_1", URI.create("http://127.0.0.1:1"));
    assertThat(endpoint().poll(elsewhere, reference()))
        .isInstanceOfSatisfying(
            PollOutcome.Pending.class, pending -> assertThat(pending.trouble()).isPresent());
    assertThat(endpoint().cancel(elsewhere)).isInstanceOf(CancelOutcome.Unreachable.class);
    assertThat(endpoint().reconcile(reference(), elsewhere.origin()))
        .isInstanceOfSatisfying(
            ReconcileOutcome.Undecidable.class, no -> assertThat(no.passing()).isTrue());
  }

  @Test
  void aWorkingServerIsUp() {
    assertThat(endpoint().check()).isInstanceOf(EndpointCheck.Up.class);
  }

  @Test
  void aModelThatIsNotOfferedIsNotSupported() {
    RenderRequest other =
        new RenderRequest(
            "no-such-model",
            Operation.GENERATE,
            "x",
            Optional.empty(),
            new FrameSize(160, 90),
            Duration.ofSeconds(1),
            Sound.NONE,
            OptionalLong.empty(),
            List.of(),
            Optional.empty(),
            Direction.NONE);
    assertThat(endpoint().negotiate(other)).isInstanceOf(Negotiation.Unsupported.class);
  }
}
