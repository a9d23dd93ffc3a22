package dev.dailies.worker.endpoint;

import dev.dailies.contracts.Billing;
import java.util.Optional;

/** What became of the wish to stop paid work. */
public sealed interface CancelOutcome {
  /** It is stopped, or gone. */
  record Cancelled(Billing billing, Optional<Charge> charge) implements CancelOutcome {}

  /** The server won't: it goes on, and is paid for. */
  record Refused(String why) implements CancelOutcome {}

  /** It could not be asked. */
  record Unreachable(String why) implements CancelOutcome {}
}
