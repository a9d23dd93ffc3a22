package dev.dailies.worker.ledger;

import dev.dailies.contracts.Billing;
import dev.dailies.contracts.event.RenderOutput;
import dev.dailies.worker.endpoint.Charge;
import dev.dailies.worker.endpoint.EndpointFailure;
import dev.dailies.worker.endpoint.Withheld;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How an attempt ends. Each ending is one event, written with the ledger's row. */
public sealed interface Ending {
  /** The result is in the store. */
  record Completed(List<RenderOutput> outputs, List<Withheld> withheld, Instant storedAt)
      implements Ending {
    public Completed {
      outputs = List.copyOf(outputs);
      withheld = List.copyOf(withheld);
    }
  }

  /** The endpoint refused, failed or lost it. */
  record Failed(EndpointFailure failure, Optional<Charge> charge) implements Ending {}

  /**
   * Nothing was submitted.
   *
   * @param reason as a code
   * @param counts whether it counts against the retry policy
   * @param notBefore no attempt before this has passed
   */
  record Released(String reason, boolean counts, Optional<Duration> notBefore) implements Ending {}

  /** Stopped because somebody wanted so. */
  record Cancelled(Billing billing, Optional<Charge> charge) implements Ending {}

  /** The state in which a render with this ending stands. */
  default RenderState state() {
    return switch (this) {
      case Completed completed -> RenderState.COMPLETED;
      case Failed failed -> RenderState.FAILED;
      case Released released -> RenderState.RELEASED;
      case Cancelled cancelled -> RenderState.CANCELLED;
    };
  }

  /** Why, as a code. */
  default String code() {
    return switch (this) {
      case Completed completed -> "completed";
      case Failed failed -> failed.failure().code();
      case Released released -> released.reason();
      case Cancelled cancelled -> "cancelled";
    };
  }
}
