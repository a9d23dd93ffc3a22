package dev.dailies.prompt.generation;

import dev.dailies.contracts.Billing;
import dev.dailies.contracts.FailureKind;
import dev.dailies.contracts.Retry;
import dev.dailies.contracts.event.Failure;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Why something failed, whether to try again, whether it was billed.
 *
 * @param code stable, for clients; never a vendor's text
 * @param vendorCode the vendor's own code, for operators
 */
public record FailureFacts(
    FailureKind kind, Retry retry, Billing billing, String code, Optional<String> vendorCode) {

  /** A failure that we found ourselves: final and not billed. */
  public static FailureFacts ours(FailureKind kind, String code) {
    return new FailureFacts(kind, Retry.NEVER, Billing.NO, code, Optional.empty());
  }

  /** As an event tells it; names that a newer producer made up become UNKNOWN. */
  public static FailureFacts of(Failure failure) {
    return new FailureFacts(
        named(FailureKind.class, failure.getKind(), FailureKind.UNKNOWN),
        named(Retry.class, failure.getRetry(), Retry.UNKNOWN),
        named(Billing.class, failure.getBilling(), Billing.UNKNOWN),
        failure.getCode(),
        failure.getVendorCode());
  }

  /** As an event tells it. */
  public Failure toEvent(Optional<Instant> notBefore) {
    return Failure.newBuilder()
        .setKind(kind.name())
        .setRetry(retry.name())
        .setBilling(billing.name())
        .setCode(code)
        .setVendorCode(vendorCode.orElse(null))
        .setNotBefore(notBefore.orElse(null))
        .build();
  }

  /** As watchers are told it: without what is a vendor's. */
  Map<String, String> told() {
    return Map.of("kind", kind.name().toLowerCase(Locale.ROOT), "code", code);
  }

  /** The constant of that name, or the one that stands for names we do not know. */
  static <E extends Enum<E>> E named(Class<E> type, String name, E unknown) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(name))
        .findFirst()
        .orElse(unknown);
  }
}
