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
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A server of the {@code openai-videos} wire format, profile {@code generic}. */
final class HttpVideosEndpoint implements ModelEndpoint {
  private static final int MOST_PAGES = 100;
  private static final int PAGE = 100;

  private final EndpointDefinition definition;
  private final URI origin;
  private final HttpExchanges http;

  HttpVideosEndpoint(EndpointDefinition definition) {
    this.definition = definition;
    this.http = new HttpExchanges(definition);
    this.origin = http.origin();
  }

  @Override
  public URI origin() {
    return origin;
  }

  @Override
  public Negotiation negotiate(RenderRequest request) {
    Optional<String> never =
        definition.offers(request.operation())
            ? CreateCall.impossible(request)
            : Optional.of("operation");
    if (never.isPresent()) {
      return new Negotiation.Unsupported(never.get());
    }
    return definition
        .offer(request.model())
        .map(offer -> OfferNegotiator.negotiate(request, offer))
        .orElseGet(() -> new Negotiation.Unsupported("model"));
  }

  @Override
  public SubmitOutcome submit(Plan plan, SubmitContext context) {
    CreateCall call;
    try {
      call = CreateCall.of(plan.effective(), context.reference());
    } catch (IOException | IllegalStateException e) {
      return new SubmitOutcome.NotSent("the request can't be made: " + e);
    }
    try (HttpPermittedBody body = new HttpPermittedBody(call.body(), context.permit())) {
      return send(call, body, plan, context);
    }
  }

  private SubmitOutcome send(
      CreateCall call, HttpPermittedBody body, Plan plan, SubmitContext context) {
    HttpRequest request;
    try {
      HttpRequest.Builder builder =
          http.request(origin, call.path()).header("content-type", call.contentType()).POST(body);
      context.traceParent().ifPresent(trace -> builder.header("traceparent", trace));
      request = builder.build();
    } catch (IllegalStateException e) {
      return new SubmitOutcome.NotSent("the request can't be made: " + e);
    }
    Answer answer;
    try {
      // A film takes its time to be sent.
      answer =
          http.exchange(
              request, definition.timeouts().submit().plusSeconds(call.body().length() >> 20));
    } catch (IOException e) {
      return body.begun()
          ? new SubmitOutcome.Unknown(HttpExchanges.nameOf(e))
          : new SubmitOutcome.NotSent(HttpExchanges.nameOf(e));
    }
    Optional<String> id = answer.text("id");
    if (answer.ok()) {
      if (id.filter(ProviderJob::usable).isEmpty()) {
        return new SubmitOutcome.Unknown("accepted_without_id");
      }
      return VideoAnswers.belongsTo(answer.body(), context.reference())
          ? new SubmitOutcome.Accepted(
              new ProviderJob(id.get(), origin), definition.pollInterval(), plan.estimate())
          : new SubmitOutcome.Unknown("answer_names_another_job");
    }
    return VideoAnswers.refusal(answer, plan.effective(), Instant.now())
        .<SubmitOutcome>map(SubmitOutcome.Rejected::new)
        .orElseGet(() -> new SubmitOutcome.Unknown("http_" + answer.status()));
  }

  @Override
  public PollOutcome poll(ProviderJob job, ClientReference reference) {
    try {
      Answer answer = http.exchange(http.request(job.origin(), path(job)).GET().build(), ask());
      if (answer.ok() && !VideoAnswers.belongsTo(answer.body(), reference)) {
        // A server that forgot its jobs has given the id to another one.
        return new PollOutcome.Lost("another_job");
      }
      return VideoAnswers.progress(
          answer, job.origin().resolve(path(job) + "/content"), Instant.now());
    } catch (IOException e) {
      return new PollOutcome.Pending(
          OptionalInt.empty(), Optional.empty(), Optional.of(HttpExchanges.nameOf(e)));
    }
  }

  @Override
  public CancelOutcome cancel(ProviderJob job) {
    try {
      Answer answer = http.exchange(http.request(job.origin(), path(job)).DELETE().build(), ask());
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
      return new CancelOutcome.Unreachable(HttpExchanges.nameOf(e));
    }
  }

  @Override
  public ReconcileOutcome reconcile(ClientReference reference, URI sentTo) {
    Set<String> matches = new HashSet<>();
    Optional<String> after = Optional.empty();
    try {
      for (int page = 0; page < MOST_PAGES; page++) {
        Answer answer =
            http.exchange(http.request(sentTo, listing(reference, after)).GET().build(), ask());
        JsonNode data = answer.body().path("data");
        if (!answer.ok() || !data.isArray()) {
          boolean never = answer.ok() || answer.status() == 404 || answer.status() == 405;
          return new ReconcileOutcome.Undecidable("listing_http_" + answer.status(), !never);
        }
        List<String> ids = new ArrayList<>();
        for (JsonNode job : data) {
          Answer.text(job, "id").ifPresent(ids::add);
          if (Answer.text(job, "client_reference").filter(reference.value()::equals).isPresent()) {
            matches.add(Answer.text(job, "id").orElse(""));
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
      return new ReconcileOutcome.Undecidable(HttpExchanges.nameOf(e), true);
    }
  }

  private ReconcileOutcome judge(Set<String> matches, URI sentTo) {
    return switch (matches.size()) {
      case 1 -> {
        String id = matches.iterator().next();
        yield ProviderJob.usable(id)
            ? new ReconcileOutcome.Found(new ProviderJob(id, sentTo))
            : new ReconcileOutcome.Undecidable("listed_without_id", false);
      }
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
      HttpRequest request = http.request(output.address()).GET().build();
      HttpResponse<InputStream> response = http.open(request, ask());
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
                response.statusCode(),
                HttpExchanges.firstOf(response.headers()),
                rest.readNBytes(HttpExchanges.MOST_JSON_BYTES));
        return notThere(answer);
      }
    } catch (IOException e) {
      return new FetchOutcome.Unavailable(HttpExchanges.nameOf(e), Optional.empty());
    }
  }

  private static FetchOutcome notThere(Answer answer) {
    return switch (answer.status()) {
      case 404, 410 ->
          new FetchOutcome.Gone(
              EndpointFailure.of(FailureKind.EXPIRED, Retry.SAME_ENDPOINT_LATER, Billing.YES)
                  .saying(answer.errorCode()));
      default ->
          new FetchOutcome.Unavailable("http_" + answer.status(), answer.retryAfter(Instant.now()));
    };
  }

  @Override
  public EndpointCheck check() {
    try {
      Answer answer = http.exchange(http.request(origin, "/v1/models").GET().build(), ask());
      // Servers without a list of models answer 404, and that they answer is what is asked.
      return answer.ok() || answer.status() == 404 || answer.status() == 405
          ? new EndpointCheck.Up()
          : new EndpointCheck.Down("http_" + answer.status());
    } catch (IOException | IllegalStateException e) {
      return new EndpointCheck.Down(HttpExchanges.nameOf(e));
    }
  }

  private Duration ask() {
    return definition.timeouts().ask();
  }

  private static String path(ProviderJob job) {
    return "/v1/videos/" + encode(job.vendorId());
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    http.close();
  }
}
