package dev.dailies.worker;

import dev.dailies.contracts.Pool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings under {@code dailies.worker}.
 *
 * @param pool whose jobs are taken; the ledger's database belongs to the same pool
 * @param region where this process runs, told in the heartbeat
 * @param endpointsFile the endpoint registry; empty: {@code dailies.registry.endpoints}
 * @param lease how long a render stays with a worker that says nothing
 * @param heartbeat how often a sign of life is given when nothing changes
 * @param checkInterval how often endpoints are asked whether they would work
 * @param claimBatch most jobs taken by one poll
 * @param fetches inputs fetched at once
 * @param uploads results stored at once
 * @param polls polls at once per endpoint
 * @param largestInput largest input that is fetched
 * @param reconcilePatience how long, after the quiet time, an endpoint that does not answer is
 *     asked for a lost create before a person must decide
 * @param drainBudget how long a stop may take to finish what can't be handed over
 * @param scratch folder for inputs; empty: below the temporary one
 */
@ConfigurationProperties(prefix = "dailies.worker", ignoreUnknownFields = false)
public record WorkerProperties(
    @DefaultValue("local") String pool,
    @DefaultValue("local") String region,
    @DefaultValue("") String endpointsFile,
    @DefaultValue("10s") Duration lease,
    @DefaultValue("2s") Duration heartbeat,
    @DefaultValue("3s") Duration checkInterval,
    @DefaultValue("16") int claimBatch,
    @DefaultValue("8") int fetches,
    @DefaultValue("4") int uploads,
    @DefaultValue("8") int polls,
    @DefaultValue("200MB") DataSize largestInput,
    @DefaultValue("2m") Duration reconcilePatience,
    @DefaultValue("20s") Duration drainBudget,
    @DefaultValue("") String scratch) {
  private static final Duration SHORTEST_LEASE = Duration.ofMillis(500);

  public WorkerProperties {
    pool = Pool.of(pool).value();
    if (lease.compareTo(SHORTEST_LEASE) < 0) {
      throw new IllegalArgumentException("dailies.worker.lease is at least half a second");
    }
    if (claimBatch < 1 || fetches < 1 || uploads < 1 || polls < 1) {
      throw new IllegalArgumentException(
          "dailies.worker.claim-batch, fetches, uploads and polls are at least 1");
    }
  }

  /** The registry's own file, if it has one. */
  public Optional<Path> registryFile() {
    return endpointsFile.isBlank() ? Optional.empty() : Optional.of(Path.of(endpointsFile));
  }

  /** Where inputs lie while they are needed. */
  public Path scratchFolder() {
    return scratch.isBlank()
        ? Path.of(System.getProperty("java.io.tmpdir"), "dailies-worker")
        : Path.of(scratch);
  }
}
