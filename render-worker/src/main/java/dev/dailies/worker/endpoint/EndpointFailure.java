package dev.dailies.worker.endpoint;

import dev.dailies.contracts.Billing;
import dev.dailies.contracts.FailureKind;
import dev.dailies.contracts.Retry;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Why an endpoint did not give a video: what kind of failure, whether and where to retry, whether
 * it is billed, when to come back.
 *
 * @param vendorCode the vendor's own code, for operators. Only what looks like a code is kept: a
 *     vendor's free text can hold request ids and parts of the prompt, and is never passed on.
 */
public record EndpointFailure(
    FailureKind kind,
    Retry retry,
    Billing billing,
    Optional<String> vendorCode,
    Optional<Duration> retryAfter) {
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

  public EndpointFailure {
    vendorCode = vendorCode.filter(code -> CODE.matcher(code).matches());
  }

  public static EndpointFailure of(FailureKind kind, Retry retry, Billing billing) {
    return new EndpointFailure(kind, retry, billing, Optional.empty(), Optional.empty());
  }

  public EndpointFailure saying(Optional<String> code) {
    return new EndpointFailure(kind, retry, billing, code, retryAfter);
  }

  public EndpointFailure notBefore(Optional<Duration> after) {
    return new EndpointFailure(kind, retry, billing, vendorCode, after);
  }

  /** The stable code that clients see. */
  public String code() {
    return kind.name().toLowerCase(java.util.Locale.ROOT);
  }
}
