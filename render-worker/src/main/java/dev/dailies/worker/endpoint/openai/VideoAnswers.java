package dev.dailies.worker.endpoint.openai;

import dev.dailies.contracts.Billing;
import dev.dailies.contracts.FailureKind;
import dev.dailies.contracts.Retry;
import dev.dailies.contracts.event.Operation;
import dev.dailies.worker.endpoint.Charge;
import dev.dailies.worker.endpoint.ClientReference;
import dev.dailies.worker.endpoint.EndpointFailure;
import dev.dailies.worker.endpoint.Output;
import dev.dailies.worker.endpoint.ParentVideo;
import dev.dailies.worker.endpoint.PollOutcome;
import dev.dailies.worker.endpoint.RenderRequest;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What the answers of this wire format mean. No network here. */
final class VideoAnswers {
  /** Only what looks like a version is kept: a vendor's free text is never passed on. */
  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9_.:/@+-]{1,128}");

  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3,12}");

  /** Digits before the point that a believable charge has at most. */
  private static final int MOST_DIGITS = 11;

  private static final int LONGEST_AMOUNT = 40;

  private VideoAnswers() {}

  /** What a create was refused for; empty when the answer leaves open whether it was taken. */
  static Optional<EndpointFailure> refusal(Answer answer, RenderRequest request, Instant now) {
    Optional<String> code = answer.errorCode();
    boolean absent = answer.status() == 404 || answer.status() == 405 || answer.status() == 410;
    return absent
            && request.operation() != Operation.GENERATE
            && code.filter("model_not_found"::equals).isEmpty()
        ? Optional.of(parentGone(request).saying(code))
        : refusal(answer, now);
  }

  /** The server has forgotten the parent, or knows no such call. */
  private static EndpointFailure parentGone(RenderRequest request) {
    if (request.parent().flatMap(ParentVideo::id).isEmpty()) {
      return refused(FailureKind.UNSUPPORTED, Retry.OTHER_ENDPOINT);
    }
    // The next attempt takes the stored video along; a remix can't.
    return request.operation() == Operation.REMIX
        ? refused(FailureKind.UNSUPPORTED, Retry.NEVER)
        : refused(FailureKind.LOST, Retry.SAME_ENDPOINT_LATER);
  }

  private static Optional<EndpointFailure> refusal(Answer answer, Instant now) {
    Optional<String> code = answer.errorCode();
    Optional<FailureKind> moderation =
        code.flatMap(c -> RefusalTable.kindOf(RefusalTable.Where.CREATE, c));
    EndpointFailure failure =
        switch (answer.status()) {
          case 401 -> refused(FailureKind.AUTH, Retry.OTHER_ENDPOINT);
          case 402 -> refused(FailureKind.BUDGET_EXHAUSTED, Retry.OTHER_ENDPOINT);
          case 403 -> refused(FailureKind.FORBIDDEN, Retry.OTHER_ENDPOINT);
          case 404, 410 -> refused(FailureKind.MODEL_GONE, Retry.OTHER_ENDPOINT);
          case 400, 405, 406, 411, 413, 414, 415, 416, 422 ->
              refused(FailureKind.INVALID_INPUT, Retry.AFTER_CHANGE);
          case 429 -> refused(limitKind(code), Retry.SAME_ENDPOINT_LATER);
          default -> null;
        };
    if (failure == null) {
      return Optional.empty();
    }
    if (moderation.isPresent() && answer.status() != 429) {
      failure = refused(moderation.get(), Retry.AFTER_CHANGE);
    } else if (code.filter("model_not_found"::equals).isPresent()) {
      failure = refused(FailureKind.MODEL_GONE, Retry.OTHER_ENDPOINT);
    }
    return Optional.of(failure.saying(code).notBefore(answer.retryAfter(now)));
  }

  private static FailureKind limitKind(Optional<String> code) {
    return code.filter(c -> c.contains("concurren")).isPresent()
        ? FailureKind.CONCURRENCY_LIMITED
        : code.filter(c -> c.contains("quota") || c.contains("capacity")).isPresent()
            ? FailureKind.CAPACITY
            : FailureKind.RATE_LIMITED;
  }

  private static EndpointFailure refused(FailureKind kind, Retry retry) {
    return EndpointFailure.of(kind, retry, Billing.NO);
  }

  /**
   * Whether a job may be the one that was asked for under this reference. Servers that echo none
   * leave it open.
   */
  static boolean belongsTo(JsonNode job, ClientReference reference) {
    return Answer.text(job, "client_reference").filter(r -> !r.equals(reference.value())).isEmpty();
  }

  /** How far a job is, by the answer to a poll. */
  static PollOutcome progress(Answer answer, URI content, Instant now) {
    if (answer.status() == 404 || answer.status() == 410) {
      return new PollOutcome.Lost("http_" + answer.status());
    }
    if (!answer.ok()) {
      return pending(answer, Optional.of("http_" + answer.status()), now);
    }
    String status = answer.text("status").orElse("");
    return switch (status) {
      case "queued", "in_progress", "pending", "processing", "running" ->
          pending(answer, Optional.empty(), now);
      case "completed", "succeeded" -> succeeded(answer, content);
      case "failed", "error" -> failed(answer, now);
      case "expired" ->
          new PollOutcome.Failed(
              EndpointFailure.of(FailureKind.EXPIRED, Retry.SAME_ENDPOINT_LATER, billing(answer)),
              charge(answer));
      case "cancelled", "canceled" -> new PollOutcome.Cancelled(billing(answer), charge(answer));
      // Vendors add states; a job in an unknown one is followed until its longest run has passed.
      default -> pending(answer, Optional.of("unknown_status"), now);
    };
  }

  private static PollOutcome pending(Answer answer, Optional<String> trouble, Instant now) {
    JsonNode progress = answer.body().path("progress");
    OptionalInt percent =
        progress.isNumber()
            ? OptionalInt.of(Math.clamp(Math.round(progress.doubleValue()), 0, 100))
            : OptionalInt.empty();
    Optional<Duration> askAgain =
        answer
            .header("openai-poll-after-ms")
            .filter(text -> text.matches("[0-9]{1,7}"))
            .map(text -> Duration.ofMillis(Long.parseLong(text)))
            .or(() -> answer.retryAfter(now));
    return new PollOutcome.Pending(percent, askAgain, trouble);
  }

  private static PollOutcome succeeded(Answer answer, URI content) {
    JsonNode seed = answer.body().path("seed");
    return new PollOutcome.Succeeded(
        List.of(new Output(0, content, "video/mp4")),
        List.of(),
        charge(answer),
        seed.isIntegralNumber() && seed.canConvertToLong()
            ? OptionalLong.of(seed.longValue())
            : OptionalLong.empty(),
        answer.text("model_version").filter(version -> VERSION.matcher(version).matches()));
  }

  private static PollOutcome failed(Answer answer, Instant now) {
    Optional<String> code = answer.errorCode();
    EndpointFailure failure =
        code.flatMap(c -> RefusalTable.kindOf(RefusalTable.Where.JOB, c))
            .map(kind -> EndpointFailure.of(kind, Retry.AFTER_CHANGE, billing(answer)))
            .orElseGet(() ->
                EndpointFailure.of(
                    FailureKind.INTERNAL, Retry.SAME_ENDPOINT_LATER, billing(answer)));
    return new PollOutcome.Failed(
        failure.saying(code).notBefore(answer.retryAfter(now)), charge(answer));
  }

  /** Whether the server says that it bills; a reported charge of nothing says that it doesn't. */
  static Billing billing(Answer answer) {
    JsonNode billed = answer.body().path("billed");
    if (billed.isBoolean()) {
      return billed.booleanValue() ? Billing.YES : Billing.NO;
    }
    return charge(answer)
        .map(charge -> charge.amount().signum() > 0 ? Billing.YES : Billing.NO)
        .orElse(Billing.UNKNOWN);
  }

  /**
   * What the server says that it costs: {@code cost {amount, currency}} or {@code usage.cost}. What
   * can't be a charge, by its size or its currency, is none.
   */
  static Optional<Charge> charge(Answer answer) {
    JsonNode cost = answer.body().path("cost");
    Optional<Charge> own =
        amount(cost.path("amount"))
            .flatMap(amount ->
                Answer.text(cost, "currency")
                    .or(() -> Optional.of("USD"))
                    .map(currency -> currency.toUpperCase(Locale.ROOT))
                    .filter(currency -> CURRENCY.matcher(currency).matches())
                    .map(currency -> new Charge(amount, currency)));
    return own.or(() ->
        amount(answer.body().path("usage").path("cost")).map(amount -> new Charge(amount, "USD")));
  }

  private static Optional<BigDecimal> amount(JsonNode node) {
    try {
      BigDecimal amount =
          node.isNumber()
              ? node.decimalValue()
              : node.isString() && node.stringValue().length() <= LONGEST_AMOUNT
                  ? new BigDecimal(node.stringValue())
                  : null;
      return Optional.ofNullable(amount).filter(VideoAnswers::believable);
    } catch (NumberFormatException | JacksonException notANumber) {
      return Optional.empty();
    }
  }

  /** Asked before any arithmetic: 1e999999999 is a valid number, and fills the memory. */
  private static boolean believable(BigDecimal amount) {
    return amount.signum() >= 0
        && amount.precision() < 30
        && (long) amount.precision() - amount.scale() <= MOST_DIGITS
        && amount.scale() <= 30;
  }
}
