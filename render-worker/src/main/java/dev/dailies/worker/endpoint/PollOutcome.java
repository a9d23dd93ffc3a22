package dev.dailies.worker.endpoint;

import dev.dailies.contracts.Billing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How far paid work is. */
public sealed interface PollOutcome {
  /**
   * Not finished, or nothing new could be learnt.
   *
   * @param percent 0 to 100, where told
   * @param askAgain not before this has passed; empty: the endpoint's usual interval
   * @param trouble why nothing could be learnt, as a code; empty when the server answered well
   */
  record Pending(OptionalInt percent, Optional<Duration> askAgain, Optional<String> trouble)
      implements PollOutcome {}

  /**
   * Finished.
   *
   * @param charge as the server reports it; empty where it does not
   * @param seed the seed used, where told
   * @param modelVersion where told
   */
  record Succeeded(
      List<Output> outputs,
      List<Withheld> withheld,
      Optional<Charge> charge,
      OptionalLong seed,
      Optional<String> modelVersion)
      implements PollOutcome {
    public Succeeded {
      outputs = List.copyOf(outputs);
      withheld = List.copyOf(withheld);
    }
  }

  /** Ended without a video. */
  record Failed(EndpointFailure failure, Optional<Charge> charge) implements PollOutcome {}

  /**
   * The server says that it knows no such job. One such answer proves little: a proxy may have
   * asked another replica.
   */
  record Lost(String why) implements PollOutcome {}

  /** Stopped, by us or by somebody else. */
  record Cancelled(Billing billing, Optional<Charge> charge) implements PollOutcome {}
}
