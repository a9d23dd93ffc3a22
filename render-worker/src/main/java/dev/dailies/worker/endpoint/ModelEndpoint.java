package dev.dailies.worker.endpoint;

import java.net.URI;

/**
 * One address of a model server that is paid for its work.
 *
 * <p>An adapter makes exactly one network create per {@link #submit} and never repeats it by
 * itself: nobody's create is idempotent, so a repeat is a second bill. Every answer is a value,
 * also that of a server which can't be reached; only a fault of our own throws. No method sleeps:
 * when to ask again is data of the answer, and the caller owns the clock.
 *
 * <p>All methods may be called from many threads.
 */
public interface ModelEndpoint extends AutoCloseable {
  /** Scheme, host and port that a create is sent to now. */
  URI origin();

  /** Fits a request to what the model can do, and says what was changed. Asks nobody. */
  Negotiation negotiate(RenderRequest request);

  /**
   * Asks for the paid work, once.
   *
   * @return {@link SubmitOutcome.Unknown} whenever bytes may have arrived and no clear answer came
   */
  SubmitOutcome submit(Plan plan, SubmitContext context);

  /**
   * Asks once how far the work is.
   *
   * @param reference under which it was asked for: a job that bears another one is not ours
   */
  PollOutcome poll(ProviderJob job, ClientReference reference);

  /** Asks once for the work to be stopped. */
  CancelOutcome cancel(ProviderJob job);

  /**
   * Looks, on the origin that the create went to, for the work that a lost answer may have started.
   */
  ReconcileOutcome reconcile(ClientReference reference, URI sentTo);

  /** Opens one file of a result. Whoever opens it closes it. */
  FetchOutcome fetch(ProviderJob job, Output output);

  /** Whether a submit would work now. Costs nothing. */
  EndpointCheck check();

  @Override
  void close();
}
