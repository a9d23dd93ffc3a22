package dev.dailies.worker.endpoint;

import java.time.Duration;
import java.util.Optional;

/** What came of opening a result. */
public sealed interface FetchOutcome {
  /** Bytes are coming. */
  record Opened(Media media) implements FetchOutcome {}

  /** It is not there, or no longer. */
  record Gone(EndpointFailure failure) implements FetchOutcome {}

  /** Not now. */
  record Unavailable(String why, Optional<Duration> retryAfter) implements FetchOutcome {}
}
