package dev.dailies.worker.upload;

import dev.dailies.contracts.event.RenderOutput;
import dev.dailies.worker.endpoint.EndpointFailure;
import java.time.Duration;
import java.util.Optional;

/** What came of bringing a result into the store. */
public sealed interface UploadOutcome {
  record Stored(RenderOutput output) implements UploadOutcome {}

  /** The endpoint no longer has it. */
  record Gone(EndpointFailure failure) implements UploadOutcome {}

  /** The endpoint did not hand it out, or broke off. Ask anew where it is. */
  record EndpointTrouble(String why, Optional<Duration> retryAfter) implements UploadOutcome {}

  /** The store does not work now. The result is not lost: it is fetched again. */
  record StoreTrouble(String why) implements UploadOutcome {}
}
