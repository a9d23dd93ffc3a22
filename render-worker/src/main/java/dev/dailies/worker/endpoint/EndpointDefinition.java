package dev.dailies.worker.endpoint;

import dev.dailies.contracts.event.Operation;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One endpoint as the registry describes it. Data, never code: prices and limits move monthly and
 * models vanish twice a year.
 *
 * @param name unique in the pool; slots are kept under it, so renaming is a new endpoint
 * @param address where it is reached; the origin of every create
 * @param adapter the wire protocol
 * @param profile the dialect of the protocol
 * @param models what it runs
 * @param operations what it can be asked to do
 * @param slots how many renders it is paid to run at once, over all workers
 * @param pollInterval how often a running job is asked for
 * @param quietTime after the last byte of a create has left, a job that is not listed by then never
 *     will be
 * @param lostAfter how long a job must be denied before it counts as lost
 * @param longestRun no job runs longer
 * @param listsReferences whether its listing holds every job with its client reference; only then
 *     is the absence from it a proof
 * @param credential where the key is read from; empty: none is sent
 */
public record EndpointDefinition(
    String name,
    URI address,
    String adapter,
    String profile,
    List<ModelOffer> models,
    Set<Operation> operations,
    int slots,
    Duration pollInterval,
    Timeouts timeouts,
    Duration quietTime,
    Duration lostAfter,
    Duration longestRun,
    boolean listsReferences,
    Optional<CredentialReference> credential) {

  /**
   * Longest waits.
   *
   * @param connect for a connection
   * @param submit for the answer to a create
   * @param ask for the answer to a poll, listing, cancel or check
   * @param silence without a byte while a result is fetched
   */
  public record Timeouts(Duration connect, Duration submit, Duration ask, Duration silence) {}

  public EndpointDefinition {
    if (!name.matches("[a-z0-9][a-z0-9.-]{0,63}")) {
      throw new IllegalArgumentException(
          "an endpoint is named by 1 to 64 of a-z, 0-9, '.' and '-', not '" + name + "'");
    }
    if (!("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
        || address.getHost() == null) {
      throw new IllegalArgumentException(name + ": address is an http(s) URL, not " + address);
    }
    if (slots < 1) {
      throw new IllegalArgumentException(name + ": an endpoint has at least one slot");
    }
    if (models.isEmpty()) {
      throw new IllegalArgumentException(name + ": an endpoint runs at least one model");
    }
    if (operations.isEmpty() || operations.contains(Operation.UNKNOWN)) {
      throw new IllegalArgumentException(name + ": an endpoint offers at least one operation");
    }
    models = List.copyOf(models);
    operations = Set.copyOf(operations);
  }

  /** Whether it can be asked to do this. */
  public boolean offers(Operation operation) {
    return operations.contains(operation);
  }

  /** What it offers under a model's name. */
  public Optional<ModelOffer> offer(String model) {
    return models.stream().filter(offer -> offer.name().equals(model)).findFirst();
  }
}
