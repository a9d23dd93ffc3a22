package dev.dailies.worker.endpoint.openai;

import dev.dailies.contracts.Billing;
import dev.dailies.contracts.FailureKind;
import dev.dailies.contracts.Retry;
import dev.dailies.worker.endpoint.CancelOutcome;
import dev.dailies.worker.endpoint.ClientReference;
import dev.dailies.worker.endpoint.EndpointCheck;
import dev.dailies.worker.endpoint.EndpointDefinition;
import dev.dailies.worker.endpoint.EndpointFailure;
import dev.dailies.worker.endpoint.FetchOutcome;
import dev.dailies.worker.endpoint.Media;
import dev.dailies.worker.endpoint.ModelEndpoint;
import dev.dailies.worker.endpoint.Negotiation;
import dev.dailies.worker.endpoint.OfferNegotiator;
import dev.dailies.worker.endpoint.Output;
import dev.dailies.worker.endpoint.Plan;
import dev.dailies.worker.endpoint.PollOutcome;
import dev.dailies.worker.endpoint.ProviderJob;
import dev.dailies.worker.endpoint.ReconcileOutcome;
import dev.dailies.worker.endpoint.RenderRequest;
import dev.dailies.worker.endpoint.SubmitContext;
import dev.dailies.worker.endpoint.SubmitOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** A server of the {@code openai-videos} wire format, profile {@code generic}. */
final class HttpVideosEndpoint implements ModelEndpoint {
  private static final Logger log = LoggerFactory.getLogger(HttpVideosEndpoint.class);
  private static final long MOST_JSON_BYTES = 4L * 1024 * 1024;
  private static final int MOST_PAGES = 100;
  private static final int PAGE = 100;

  static {
    // Less than any server's own idle limit: a create on a connection that the server is just
    // closing would end as unknown, and be reconciled for half a minute.
    if (System.getProperty("jdk.httpclient.keepalive.timeout") == null) {
      System.setProperty("jdk.httpclient.keepalive.timeout", "4");
    }
  }

  private final EndpointDefinition definition;
  private final URI origin;
  private final HttpClient client;

  HttpVideosEndpoint(EndpointDefinition definition) {
    this.definition = definition;
    this.origin = originOf(definition.address());
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(definition.timeouts().connect())
            .build();
  }

  @Override
  public URI origin() {
    return origin;
  }

  @Override
  public Negotiation negotiate(RenderRequest request) {
    if (!request.operation().equals("GENERATE")) {
      return new Negotiation.Unsupported("operation");
    }
    if (!CreateBody.takes(request.inputs())) {
      return new Negotiation.Unsupported("inputs");
    }
    return definition
        .offer(request.model())
        .map(offer -> OfferNegotiator.negotiate(request, offer))
        .orElseGet(() -> new Negotiation.Unsupported("model"));
  }

  @Override
  public SubmitOutcome submit(Plan plan, SubmitContext context) {
    PermittedBody body;
    HttpRequest request;
    try {
      body =
          new PermittedBody(
              CreateBody.json(plan.effective(), context.reference()), context.permit());
      HttpRequest.Builder builder =
          request(origin, "/v1/videos").header("content-type", "application/json").POST(body);
      context.traceParent().ifPresent(trace -> builder.header("traceparent", trace));
      request = builder.build();
    } catch (IOException | IllegalStateException e) {
      return new SubmitOutcome.NotSent("the request can't be made: " + e);
    }
    Answer answer;
    try {
      answer = exchange(request, definition.timeouts().submit());
    } catch (IOException e) {
      return body.begun()
          ? new SubmitOutcome.Unknown(nameOf(e))
          : new SubmitOutcome.NotSent(nameOf(e));
    }
    Optional<String> id = answer.text("id");
    if (answer.ok()) {
      return id.isPresent()
          ? new SubmitOutcome.Accepted(
              new ProviderJob(id.get(), origin), definition.pollInterval(), plan.estimate())
          : new SubmitOutcome.Unknown("accepted_without_id");
    }
    return VideoAnswers.refusal(answer, Instant.now())
        .<SubmitOutcome>map(SubmitOutcome.Rejected::new)
        .orElseGet(() -> new SubmitOutcome.Unknown("http_" + answer.status()));
  }

  @Override
  public PollOutcome poll(ProviderJob job) {
    try {
      Answer answer = exchange(request(job.origin(), path(job)).GET().build(), ask());
      return VideoAnswers.progress(
          answer, job.origin().resolve(path(job) + "/content"), Instant.now());
    } catch (IOException e) {
      return new PollOutcome.Pending(
          java.util.OptionalInt.empty(), Optional.empty(), Optional.of(nameOf(e)));
    }
  }

  @Override
  public CancelOutcome cancel(ProviderJob job) {
    try {
      Answer answer = exchange(request(job.origin(), path(job)).DELETE().build(), ask());
      if (answer.ok() && !answer.body().path("deleted").asBoolean(true)) {
        return new CancelOutcome.Refused("not_deleted");
      }
      if (answer.ok() || answer.status() == 404 || answer.status() == 410) {
        return new CancelOutcome.Cancelled(
            VideoAnswers.billing(answer), VideoAnswers.charge(answer));
      }
      return answer.status() == 429 || answer.status() >= 500
          ? new CancelOutcome.Unreachable("http_" + answer.status())
          : new CancelOutcome.Refused("http_" + answer.status());
    } catch (IOException e) {
      return new CancelOutcome.Unreachable(nameOf(e));
    }
  }

  @Override
  public ReconcileOutcome reconcile(ClientReference reference, URI sentTo) {
    Set<String> matches = new HashSet<>();
    Optional<String> after = Optional.empty();
    try {
      for (int page = 0; page < MOST_PAGES; page++) {
        Answer answer = exchange(request(sentTo, listing(reference, after)).GET().build(), ask());
        JsonNode data = answer.body().path("data");
        if (!answer.ok() || !data.isArray()) {
          boolean never = answer.ok() || answer.status() == 404 || answer.status() == 405;
          return new ReconcileOutcome.Undecidable("listing_http_" + answer.status(), !never);
        }
        List<String> ids = new ArrayList<>();
        for (JsonNode job : data) {
          Answer.text(job, "id").ifPresent(ids::add);
          if (Answer.text(job, "client_reference")
              .filter(reference.value()::equals)
              .isPresent()) {
            Answer.text(job, "id").ifPresent(matches::add);
          }
        }
        if (!answer.body().path("has_more").asBoolean(false)) {
          return judge(matches, sentTo);
        }
        Optional<String> last =
            answer.text("last_id").or(() -> ids.stream().reduce((one, next) -> next));
        if (last.isEmpty() || last.equals(after)) {
          return new ReconcileOutcome.Undecidable("listing_does_not_end", false);
        }
        after = last;
      }
      return new ReconcileOutcome.Undecidable("listing_too_long", true);
    } catch (IOException e) {
      return new ReconcileOutcome.Undecidable(nameOf(e), true);
    }
  }

  private ReconcileOutcome judge(Set<String> matches, URI sentTo) {
    return switch (matches.size()) {
      case 1 -> new ReconcileOutcome.Found(new ProviderJob(matches.iterator().next(), sentTo));
      case 0 ->
          definition.listsReferences()
              ? new ReconcileOutcome.Absent("complete_listing")
              : new ReconcileOutcome.Undecidable("no_client_references", false);
      default -> new ReconcileOutcome.Undecidable("ambiguous", false);
    };
  }

  private static String listing(ClientReference reference, Optional<String> after) {
    return "/v1/videos?limit=%d&order=desc&client_reference=%s%s"
        .formatted(
            PAGE, encode(reference.value()), after.map(id -> "&after=" + encode(id)).orElse(""));
  }

  @Override
  public FetchOutcome fetch(ProviderJob job, Output output) {
    try {
      HttpRequest request = request(output.address()).GET().build();
      HttpResponse<InputStream> response =
          await(client.sendAsync(request, BodyHandlers.ofInputStream()), ask());
      if (response.statusCode() == 200) {
        return new FetchOutcome.Opened(
            new Media(
                new WatchedStream(response.body(), definition.timeouts().silence()),
                response.headers().firstValue("content-type").orElse(output.contentType()),
                response.headers().firstValueAsLong("content-length")));
      }
      try (InputStream rest = response.body()) {
        Answer answer =
            Answer.of(
                response.statusCode(), response.headers(), rest.readNBytes((int) MOST_JSON_BYTES));
        return notThere(answer);
      }
    } catch (IOException e) {
      return new FetchOutcome.Unavailable(nameOf(e), Optional.empty());
    }
  }

  private static FetchOutcome notThere(Answer answer) {
    return switch (answer.status()) {
      case 404, 410 ->
          new FetchOutcome.Gone(
              EndpointFailure.of(FailureKind.EXPIRED, Retry.SAME_ENDPOINT_LATER, Billing.YES)
                  .saying(answer.errorCode()));
      default ->
          new FetchOutcome.Unavailable(
              "http_" + answer.status(), answer.retryAfter(Instant.now()));
    };
  }

  @Override
  public EndpointCheck check() {
    try {
      Answer answer = exchange(request(origin, "/v1/models").GET().build(), ask());
      // Servers without a list of models answer 404, and that they answer is what is asked.
      return answer.ok() || answer.status() == 404 || answer.status() == 405
          ? new EndpointCheck.Up()
          : new EndpointCheck.Down("http_" + answer.status());
    } catch (IOException | IllegalStateException e) {
      return new EndpointCheck.Down(nameOf(e));
    }
  }

  private Answer exchange(HttpRequest request, Duration atMost) throws IOException {
    HttpResponse<byte[]> response =
        await(
            client.sendAsync(
                request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_JSON_BYTES)),
            atMost);
    return Answer.of(response.statusCode(), response.headers(), response.body());
  }

  /** The client's own timeout ends with the headers; a body may hang as well. */
  private static <T> T await(CompletableFuture<T> exchange, Duration atMost) throws IOException {
    try {
      return exchange.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw new java.net.http.HttpTimeoutException("no answer within " + atMost);
    } catch (InterruptedException e) {
      exchange.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  private HttpRequest.Builder request(URI at, String pathAndQuery) {
    return request(at.resolve(pathAndQuery));
  }

  /** Credentials go along only on the endpoint's own origin. */
  private HttpRequest.Builder request(URI address) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(address);
    if (originOf(address).equals(origin)) {
      definition
          .credential()
          .ifPresent(key -> builder.header("authorization", "Bearer " + key.read()));
    }
    return builder;
  }

  private Duration ask() {
    return definition.timeouts().ask();
  }

  private static String path(ProviderJob job) {
    return "/v1/videos/" + encode(job.vendorId());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static URI originOf(URI address) {
    return URI.create(address.getScheme() + "://" + address.getRawAuthority());
  }

  /** A code for what went wrong on the way, without the text of any library. */
  private static String nameOf(Exception e) {
    log.debug("An exchange failed", e);
    return switch (e) {
      case java.net.http.HttpConnectTimeoutException timeout -> "connect_timeout";
      case java.net.http.HttpTimeoutException timeout -> "timeout";
      case java.net.ConnectException refused -> "connection_refused";
      case InterruptedIOException stopped -> "stopped";
      case IOException broken -> "connection_broken";
      default -> "fault";
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
